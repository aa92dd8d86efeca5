"""A class marked end to end: real notebooks, real sessions, a real nbgrader gradebook."""

from __future__ import annotations

import json
import urllib.request
from datetime import timedelta

import nbformat
import pytest
from commands import run
from nbgrader.api import Gradebook
from servers import jupyter_lab
from submissions import RIGHT, answered, hand_in, named, released, with_cell

from autograder import grade
from autograder.checks import number
from autograder.course import Course
from autograder.grading.classroom import GradedSubmission, find_submissions, grade_class
from autograder.grading.feedback import render, write_feedback
from autograder.grading.report import Report, TaskReport
from autograder.notebook import Problem


def mark_class(course: Course) -> dict[str, Report]:
    outcomes = grade_class(course, find_submissions(course), processes=2)
    assert not [outcome.failure for outcome in outcomes if outcome.report is None]
    return {outcome.submission.student: _report(outcome) for outcome in outcomes}


def _report(outcome: GradedSubmission) -> Report:
    assert outcome.report is not None
    return outcome.report


def kinds(report: Report) -> list[str]:
    return [problem.kind for problem in report.problems]


def points(report: Report) -> dict[str, float | None]:
    return {task.id: task.points for task in report.tasks}


def scores(course: Course) -> dict[str, float]:
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions("tiny")}


# What a broken file costs, and what it does not.


def foreign(course: Course) -> nbformat.NotebookNode:
    notebook = released(course)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.grade_id = cell.id = f"other-{cell.metadata.nbgrader.grade_id}"
    return notebook


def duplicated(course: Course) -> nbformat.NotebookNode:
    notebook = answered(course, **RIGHT)
    notebook.cells.append(named(released(course), "double"))
    return notebook


def without_test_cell(course: Course) -> nbformat.NotebookNode:
    notebook = answered(course, **RIGHT)
    notebook.cells.remove(named(notebook, "check-double"))
    return notebook


def with_edited_test_cell(course: Course) -> nbformat.NotebookNode:
    notebook = answered(course, **RIGHT)
    named(notebook, "check-double").source = "2.0"
    return notebook


def out_of_order(course: Course) -> nbformat.NotebookNode:
    notebook = answered(course, **RIGHT)
    first, second = named(notebook, "double"), named(notebook, "mean")
    i, j = notebook.cells.index(first), notebook.cells.index(second)
    notebook.cells[i], notebook.cells[j] = second, first
    return notebook


def in_format_3(course: Course) -> str:
    return str(nbformat.writes(nbformat.convert(answered(course, **RIGHT), 3), version=3))


def with_copied_ids(course: Course) -> str:
    notebook = answered(course, **RIGHT)
    for cell in notebook.cells:
        cell.id = "same"
    return json.dumps(notebook)


def without_names(course: Course) -> str:
    notebook = answered(course, **RIGHT)
    for cell in notebook.cells:
        del cell["id"], cell["metadata"]
    return json.dumps({**notebook, "nbformat_minor": 0})


def in_cells_of_ones_own(course: Course) -> nbformat.NotebookNode:
    notebook = answered(course, **RIGHT)
    for name in RIGHT:
        cell = named(notebook, name)
        cell.id, cell.metadata = f"my-{name}", nbformat.NotebookNode()
    return notebook


BROKEN = {
    "zero-byte": (lambda course: b"", "empty", 0),
    "text": (lambda course: "my homework, sorry", "not-json", 0),
    "foreign": (foreign, "foreign", 0),
    "duplicated": (duplicated, "duplicate", 5),
    "copied-ids": (with_copied_ids, "copied-ids", 5),
    "no-test-cell": (without_test_cell, "restored", 5),
    "edited-test-cell": (with_edited_test_cell, "restored", 5),
    "out-of-order": (out_of_order, "order", 5),
    "no-names": (without_names, "metadata", 5),
    "own-cells": (in_cells_of_ones_own, "own-cell", 5),
    "format-3": (in_format_3, "format", 5),
}


@pytest.fixture(scope="module")
def broken_class(make_tiny_course) -> tuple[Course, dict[str, Report]]:
    course = make_tiny_course()
    for student, (make, _, _) in BROKEN.items():
        hand_in(course, student, make(course))
    hand_in(course, "zoe", answered(course, **RIGHT))
    (course.submitted_dir / "nobody" / "tiny").mkdir(parents=True)
    return course, mark_class(course)


@pytest.mark.parametrize("student", BROKEN)
def test_a_broken_file_is_named_and_costs_what_it_must(student: str, broken_class) -> None:
    _, reports = broken_class
    _, kind, expected = BROKEN[student]
    report = reports[student]
    assert kind in kinds(report)
    assert sum(report.task(name).points or 0 for name in ("double", "mean")) == expected


def test_a_notebook_that_nobody_recognises_waits_for_a_person(broken_class) -> None:
    course, reports = broken_class
    assert set(points(reports["foreign"]).values()) == {None}
    shown = course.autograded_dir / "foreign" / "tiny" / "tiny.ipynb"
    assert len(nbformat.read(shown, as_version=4).cells) > len(released(course).cells)


def test_the_batch_goes_on_after_broken_files(broken_class) -> None:
    course, reports = broken_class
    assert points(reports["zoe"])["double"] == 2
    assert reports["zoe"].problems == ()
    assert set(scores(course)) == {*BROKEN, "zoe", "nobody"}


def test_an_empty_folder_is_a_problem_of_its_student(broken_class) -> None:
    _, reports = broken_class
    assert kinds(reports["nobody"]) == ["missing"]
    assert reports["nobody"].score == 0


def test_the_command_exits_with_0_on_broken_files(broken_class) -> None:
    course, _ = broken_class
    result = run(course.root, "autograder", "grade")
    assert result.returncode == 0, result.stderr
    assert "zoe" in result.stdout
    assert "zero-byte" in result.stdout


def test_every_report_is_written_and_reads_back(broken_class) -> None:
    course, reports = broken_class
    for student, report in reports.items():
        path = course.reports_dir / "tiny" / f"{student}.json"
        stored = json.loads(path.read_text())
        assert stored["schema"] == 1
        assert json.loads(Report.from_dict(stored).to_json()) == stored
        assert stored["score"] == report.score


# One honest class, through our commands and through nbgrader's.


@pytest.fixture(scope="module")
def honest_class(make_tiny_course) -> tuple[Course, dict[str, Report]]:
    course = make_tiny_course()
    hand_in(course, "right", answered(course, **RIGHT, why="Because of the chain rule."))
    hand_in(course, "half", answered(course, double=RIGHT["double"]))
    hand_in(course, "empty", released(course))
    hand_in(
        course,
        "crash",
        with_cell(answered(course, **RIGHT), "import os; os._exit(3)", before="check-double"),
    )
    return course, mark_class(course)


def test_the_gradebook_holds_what_the_reports_say(honest_class) -> None:
    course, reports = honest_class
    assert scores(course) == {student: report.score for student, report in reports.items()}


def test_a_written_answer_waits_for_a_person_and_an_empty_one_does_not(honest_class) -> None:
    _, reports = honest_class
    assert points(reports["right"])["why"] is None
    assert points(reports["half"])["why"] == 0


def test_a_crash_costs_only_the_cell_it_is_in(honest_class) -> None:
    _, reports = honest_class
    assert reports["crash"].score == reports["right"].score
    assert "session" in kinds(reports["crash"])


def test_a_plain_nbgrader_task_is_marked_and_said_to_be_unsealed(honest_class) -> None:
    _, reports = honest_class
    plain = [task for task in reports["right"].tasks if not task.sealed]
    assert len(plain) == 1
    assert "not sealed" in plain[0].note


def test_the_same_submission_gives_the_same_report(honest_class) -> None:
    course, _ = honest_class

    def once() -> dict:
        path = course.submitted_dir / "half" / "tiny" / "tiny.ipynb"
        report = grade(path, "tiny", student="half", course=course).to_dict()
        del report["seconds"]
        for task in report["tasks"]:
            for check in task["checks"]:
                del check["seconds"]
        return report

    assert once() == once()


def test_a_manual_score_survives_being_marked_again(honest_class) -> None:
    course, _ = honest_class
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        grade_of_why = gradebook.find_grade("why", "tiny", "tiny", "right")
        grade_of_why.manual_score = 1
        gradebook.db.commit()
    before = scores(course)["right"]
    mark_class(course)
    assert scores(course)["right"] == before


def test_nbgrader_shows_the_same_scores(honest_class) -> None:
    course, _ = honest_class
    ours = scores(course)
    result = run(course.root, "nbgrader", "autograde", "tiny", "--force")
    assert result.returncode == 0, result.stderr
    assert scores(course) == ours


@pytest.mark.ci
def test_the_formgrader_shows_the_same_scores(honest_class) -> None:
    course, _ = honest_class
    with jupyter_lab(course.root) as address:
        with urllib.request.urlopen(f"{address}/formgrader/api/submissions/tiny") as answer:
            shown = {entry["student"]: entry["score"] for entry in json.load(answer)}
        submission = next(iter(notebook_ids(course)))
        with urllib.request.urlopen(f"{address}/formgrader/submissions/{submission}/") as answer:
            page = answer.read().decode()
    assert shown == scores(course)
    assert "✓" in page or "✗" in page


def notebook_ids(course: Course) -> list[str]:
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        return [s.id for s in gradebook.notebook_submissions("tiny", "tiny")]


def test_nbgrader_generates_feedback_with_our_tables(honest_class) -> None:
    course, _ = honest_class
    result = run(course.root, "nbgrader", "generate_feedback", "tiny", "--force")
    assert result.returncode == 0, result.stderr
    page = course.feedback_dir / "half" / "tiny" / "tiny.html"
    assert "✗" in page.read_text()


def test_the_pages_show_checks_answers_and_no_hidden_inputs(honest_class) -> None:
    course, _ = honest_class
    result = run(course.root, "autograder", "feedback", "tiny")
    assert result.returncode == 0, result.stderr
    page = (course.feedback_dir / "half" / "tiny" / "tiny.html").read_text()
    assert "half" in page
    assert "<script" not in page
    assert "mean" in page


def test_who_is_late_loses_what_the_policy_says_unless_given_more_time(make_tiny_course) -> None:
    course = make_tiny_course()
    due = course.assignment("tiny").due
    assert due is not None
    folder = hand_in(course, "late", answered(course, **RIGHT)).parent
    (folder / "timestamp.txt").write_text(f"{due.year + 1}-01-01 00:00:00 UTC\n")
    mark_class(course)
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        submission = gradebook.find_submission("tiny", "late")
        penalty = submission.late_submission_penalty
        lateness = timedelta(seconds=submission.total_seconds_late)
        submission.extension = lateness + timedelta(minutes=1)
        gradebook.db.commit()
    assert penalty > 0
    list(write_feedback(course, "tiny"))
    page = (course.feedback_dir / "late" / "tiny" / "tiny.html").read_text()
    assert f"{number(penalty)} taken off for handing in late" in page
    mark_class(course)
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        assert not gradebook.find_submission("tiny", "late").late_submission_penalty


def test_a_page_sets_names_as_code_and_says_what_is_left() -> None:
    tasks = (TaskReport("double", "check-double", 4.0, 5, True),)
    problem = Problem("cell 2", "restored", "the test cell of task `<double>` was changed")
    page = render(
        "Tiny", Report("tiny", "ada", 5, "landlock", 1.0, tasks, (problem,)), None, late=1
    )
    assert ">&lt;double&gt;</code> was changed" in page
    assert '<div class="score">3 <small>of 5 points, 1 taken off for handing in late' in page


LOSE_THE_ZYGOTE = """
import pathlib, signal
for task in pathlib.Path("/proc/self/task").iterdir():
    for child in (task / "children").read_text().split():
        os.kill(int(child), signal.SIGKILL)
"""


@pytest.mark.parametrize("deed", ["os._exit(3)", LOSE_THE_ZYGOTE], ids=["grader", "zygote"])
def test_a_submission_that_ends_the_grader_or_its_zygote_does_not_end_the_batch(
    deed: str, make_tiny_course
) -> None:
    course = make_tiny_course()
    checks = course.solution_dir("tiny") / "hidden_checks.py"
    fatal = "\n\n@task('double')\ndef test_that_is_fatal(student):\n    import os\n"
    fatal += f"    if student.has('fatal'):\n        exec({deed!r}, {{'os': os}})\n"
    checks.write_text(checks.read_text() + fatal)
    for student in ("ada", "zoe"):
        hand_in(course, student, answered(course, **RIGHT))
    notebook = with_cell(answered(course, **RIGHT), "fatal = 1", before="check-double")
    hand_in(course, "mallory", notebook)
    outcomes = grade_class(course, find_submissions(course), processes=1)
    failed = {o.submission.student: o.failure for o in outcomes if o.report is None}
    assert list(failed) == ["mallory"]
    assert "code" in failed["mallory"]
    assert set(scores(course)) == {"ada", "zoe"}
