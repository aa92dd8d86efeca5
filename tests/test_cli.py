"""The commands of the README, each run as it stands there, in a course of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from commands import run
from nbformat import write
from nbformat.v4 import new_notebook
from submissions import RIGHT, answered
from typer import Exit

from autograder.authoring.demo import make_demo
from autograder.checks import CheckResult
from autograder.cli.frame import guarded, progress_bar
from autograder.cli.marking import show_outcomes, write_pages
from autograder.course import Course, load_course
from autograder.errors import CourseError
from autograder.grading.classroom import GradedSubmission, Submission
from autograder.grading.report import Report, TaskReport
from autograder.notebook import Problem
from autograder.notebook.wording import harmless

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"^```\w*\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
    if line.startswith("autograder ")
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's scratch course, marked, and what the command printed."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("course.yml", "course.schema.json", "nbgrader_config.py"):
        shutil.copy2(ROOT / name, folder / name)
    for name in ("solutions", "assignments"):
        shutil.copytree(ROOT / name, folder / name)
    result = run(folder, "autograder", "demo", "--students", "6")
    assert result.returncode == 0, result.stderr
    return folder / "demo", result.stdout


@pytest.mark.ci
def test_the_demo_says_who_got_what_and_where_it_is(demo: tuple[Path, str]) -> None:
    _, printed = demo
    rows = {line.split()[0]: line for line in printed.splitlines() if line.strip()}
    assert "28/30" in rows["ada"]
    assert "+2" in rows["ada"]
    assert "0/30" in rows["alan"]
    assert "not answered" in rows["alan"]
    assert "ended the whole session" in rows["barbara"]
    assert "was stopped" in rows["claude"]
    assert "gradebook.db" in printed
    assert "feedback" in printed


@pytest.mark.ci
def test_the_demo_writes_a_page_for_everybody(demo: tuple[Path, str]) -> None:
    course, _ = demo
    pages = sorted(path.parts[-3] for path in course.glob("feedback/*/backprop/backprop.html"))
    assert pages == ["ada", "alan", "barbara", "claude", "dorothy", "edsger"]


def test_the_demo_does_not_overwrite_what_it_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "thesis.txt").write_text("years of work")
    shutil.copy2(ROOT / "course.yml", tmp_path)
    result = run(tmp_path, "autograder", "demo")
    assert result.returncode == 2
    assert "exists and is not an old demo" in result.stderr
    assert (tmp_path / "demo" / "thesis.txt").exists()


def test_a_demo_needs_wrong_answers_to_make_a_class_of(tmp_path: Path) -> None:
    plain = tmp_path / "solutions" / "plain"
    plain.mkdir(parents=True)
    write(new_notebook(), plain / "first.ipynb")
    (tmp_path / "course.yml").write_text("id: c\ntitle: C\nassignments: [{name: plain, title: P}]")
    with pytest.raises(CourseError, match="plain has no right and wrong answers that"):
        make_demo(load_course(tmp_path), tmp_path / "demo", 2, "plain")
    with pytest.raises(CourseError, match="c has no right and wrong answers"):
        make_demo(load_course(tmp_path), tmp_path / "demo", 2)
    assert not (tmp_path / "demo").exists()


def test_the_readme_has_commands() -> None:
    assert len(COMMANDS) >= 6


@pytest.mark.ci
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_works(command: str, demo: tuple[Path, str]) -> None:
    if command.startswith("autograder validate"):
        pytest.skip("run in full by test_assignments.py")
    course, _ = demo
    result = run(course, *command.split())
    expected = 1 if command.startswith("autograder check") else 0  # the starter passes nothing
    assert result.returncode == expected, result.stdout + result.stderr
    assert result.stdout.strip()


def test_a_course_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    result = run(tmp_path, "autograder", "grade")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert "course.yml" in result.stderr


def test_check_says_what_is_wrong_and_which_check_is_gone(tiny_course: Course) -> None:
    notebook = answered(tiny_course, double="def double(x):\n    2 * x", mean=RIGHT["mean"])
    notebook.cells = [cell for cell in notebook.cells if 'check("mean")' not in cell.source]
    folder = tiny_course.release_dir("tiny")
    write(notebook, folder / "tiny.ipynb")
    result = run(folder, "autograder", "check", "tiny.ipynb")
    assert result.returncode == 1, result.stderr
    assert "    double(3) is None: is the `return` missing?" in result.stdout
    assert 'mean not checked: its cell check("mean") is gone' in result.stdout
    assert "0 of 2 points" in result.stdout


def a_report(checks: tuple[CheckResult, ...], *problems: Problem) -> Report:
    tasks = (TaskReport("double", "check-double", 0.0, 2, True, checks),)
    return Report("tiny", "ada", 2, "landlock", 1.0, tasks, problems)


def shown(report: Report, capsys: pytest.CaptureFixture[str]) -> str:
    show_outcomes([GradedSubmission(Submission("ada", "tiny", Path()), report)], {})
    return " ".join(capsys.readouterr().out.split())


def test_where_there_are_several_assignments_each_row_says_of_which_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = a_report(())
    one, other = (
        GradedSubmission(Submission("ada", name, Path()), report) for name in ("tiny", "second")
    )
    show_outcomes([one, one], {})
    assert "assignment" not in capsys.readouterr().out
    show_outcomes([one, other], {"ada": "everything right"})
    head, *rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert head[:2] == ["student", "assignment"]
    assert [row[:3] for row in rows] == [["ada", name, "everything"] for name in ("tiny", "second")]


def test_what_costs_nothing_is_told_last(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = CheckResult("a", "double", "public", 1, "failed", "it is off", None, 0.1, "It works")
    copy = harmless(None, "duplicate", "a copy was found.")
    report = a_report((wrong,), copy, Problem(None, "session", "cell 3 was stopped."))
    text = shown(report, capsys)
    assert "cell 3 was stopped; double: it is off; a copy was found" in text


def test_of_a_file_that_holds_nothing_no_task_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(a_report((), Problem(None, "empty", "tiny.ipynb is empty.")), capsys)
    assert text.endswith("0/2 tiny.ipynb is empty")


def test_pages_are_written_of_what_is_marked(tiny_course: Course) -> None:
    course_file = tiny_course.root / "course.yml"
    later = "assignments:\n  - {name: later, title: Next week, due: 2027-04-01T23:59:00+02:00}\n"
    course_file.write_text(course_file.read_text().replace("assignments:\n", later))
    course = load_course(tiny_course.root)
    with pytest.raises(CourseError, match="nothing of later has been marked yet"):
        write_pages(course)
    reports = course.reports_dir / "tiny"
    reports.mkdir(parents=True)
    (reports / "ada.json").write_text(
        a_report((), Problem(None, "empty", "tiny.ipynb is empty.")).to_json()
    )
    assert write_pages(course) == [course.feedback_dir]
    assert (course.feedback_dir / "ada" / "tiny" / "tiny.html").exists()


CODES = "\x1b]0;owned\x07\x1b[2J\x9b31m\r\x08\u202e\udcff"


def test_control_codes_of_a_student_never_reach_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = CheckResult("a", "double", "public", 1, "failed", f"it{CODES} is", None, 0.1, CODES)
    report = a_report((wrong,), Problem(None, "name", f"called {CODES}"))
    outcomes = [
        GradedSubmission(Submission(f"ada{CODES}", f"tiny{CODES}", Path()), report),
        GradedSubmission(Submission("bob", "tiny", Path()), None, f"failed{CODES}"),
    ]
    show_outcomes(outcomes, {f"ada{CODES}": CODES})
    with progress_bar() as bar:
        bar.add_task(CODES, total=1)
        bar.console.print(f"said{CODES}")
    with pytest.raises(Exit):
        guarded(complain)()
    out, err = capsys.readouterr()
    for text in (out, err):
        assert all(c.isprintable() or c == "\n" for c in text)
        assert "owned" in text


def complain() -> None:
    raise CourseError(f"{CODES} does not exist\nand more")


def test_an_assignment_that_cannot_be_built_stops_no_other(tiny_source: Course) -> None:
    course_file = tiny_source.root / "course.yml"
    early = "assignments:\n  - {name: early, title: Last week, due: 2027-02-01T23:59:00+01:00}\n"
    course_file.write_text(course_file.read_text().replace("assignments:\n", early))
    done = run(tiny_source.root, "autograder", "build")
    assert done.returncode == 2
    assert "early" in done.stderr
    assert (tiny_source.release_dir("tiny") / "tiny.ipynb").exists()
