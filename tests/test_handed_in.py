"""What lies in a submission's folder is found or named; what nobody can tell waits for a person."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from submissions import RIGHT, answered, hand_in, released
from test_stopped import course_of

from autograder.course import Course
from autograder.grading.classroom import find_submissions, grade_class
from autograder.grading.report import Report

WORDS = {**RIGHT, "triple": "def triple(x):\n    return 3 * x", "why": "It can be taken out."}


def moved(*places: str) -> Callable[[Path], None]:
    """Leave copies of the notebook at these places, and none at the right one."""

    def move(folder: Path) -> None:
        content = (folder / "tiny.ipynb").read_bytes()
        (folder / "tiny.ipynb").unlink()
        for place in places:
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(content)

    return move


def from_a_mac(folder: Path) -> None:
    moved("work/tiny.ipynb", "work/data/numbers.txt")(folder)
    (folder / "__MACOSX" / "work").mkdir(parents=True)
    (folder / "__MACOSX" / "work" / "._tiny.ipynb").write_bytes(b"\0\5\26\7")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")


def with_report(folder: Path) -> None:
    moved("tiny.json")(folder)
    (folder / "report.pdf").write_bytes(b"%PDF-1.7\n\x80")
    (folder / "results.json").write_text('{"loss": [1, 2]}')


FOUND = {
    "txt": (moved("tiny.ipynb.txt"), "tiny.ipynb.txt"),
    "json": (moved("tiny.ipynb.json"), "tiny.ipynb.json"),
    "upper": (moved("tiny.IPYNB"), "tiny.IPYNB"),
    "no-ending": (moved("tiny"), "tiny"),
    "other-name": (moved("My answers.txt"), "My answers.txt"),
    "part": (moved("tiny.ipynb.crdownload"), "tiny.ipynb.crdownload"),
    "nested": (moved("tiny/tiny.ipynb"), "tiny/tiny.ipynb"),
    "deep": (moved("up/load/Tiny.ipynb.txt"), "up/load/Tiny.ipynb.txt"),
    "mac": (from_a_mac, "work/tiny.ipynb"),
    "report": (with_report, "tiny.json"),
}


def zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "tiny.zip", "w") as archive:
        archive.write(folder / "tiny.ipynb", "tiny.ipynb")
    (folder / "tiny.ipynb").unlink()


def beside_the_untouched(name: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / "tiny.ipynb").rename(folder / name)
        shutil.copy(folder.parents[2] / "assignments" / "tiny" / "tiny.ipynb", folder)

    return write


def other_kind(name: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "tiny.ipynb").unlink()
        (folder / name).write_bytes(b"whatever it is")

    return write


def linked(folder: Path) -> None:
    (folder / "tiny.ipynb").unlink()
    (folder / "tiny.tar").symlink_to("/etc/hostname")


UNCLEAR = {
    "zip": (zipped, "there is tiny.zip"),
    "word": (other_kind("tiny.docx"), "there is tiny.docx"),
    "script": (other_kind("tiny.py"), "there is tiny.py"),
    "no-name": (other_kind("\udcff\x1b[2J.rar"), ".rar"),
    "linked": (linked, "there is tiny.tar"),
    "copies": (moved("a/tiny.ipynb", "b/tiny.ipynb"), "which of a/tiny.ipynb, b/tiny.ipynb is"),
    "copy": (beside_the_untouched("tiny-Copy1.ipynb"), "tiny-Copy1.ipynb"),
    "copy-in-folder": (beside_the_untouched("old/tiny.ipynb"), "old/tiny.ipynb"),
    "copy-as-text": (beside_the_untouched("tiny.ipynb.txt"), "tiny.ipynb.txt"),
}


def nothing(folder: Path) -> None:
    (folder / "tiny.ipynb").unlink()


def only_what_was_given(folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(folder.parents[2] / "assignments" / "tiny", folder)
    (folder / "tiny.ipynb").unlink()
    (folder / "timestamp.txt").write_text("2026-01-01 12:00 UTC")


def untouched_twice(folder: Path) -> None:
    shutil.copy(folder.parents[2] / "assignments" / "tiny" / "tiny.ipynb", folder)
    shutil.copy(folder / "tiny.ipynb", folder / "tiny-Copy1.ipynb")


NOTHING = {"nothing": nothing, "given": only_what_was_given, "untouched": untouched_twice}


OTHERS = {"ada": "q-final.ipynb", "bob": "q.docx", "cleo": "notes.txt"}


@pytest.fixture(scope="module")
def marked(make_tiny_course: Callable[[], Course]) -> tuple[Course, dict[str, Report]]:
    """A sealed course in which everybody had the right answers, before they handed in."""
    course = make_tiny_course()
    ways = {student: way for student, (way, _) in (FOUND | UNCLEAR).items()}
    for student, way in (ways | NOTHING).items():
        way(hand_in(course, student, answered(course, **WORDS)).parent)
    hand_in(course, "usual", answered(course, **WORDS)).with_name("scratch.ipynb").write_text("{")
    outcomes = grade_class(course, find_submissions(course), processes=2)
    assert all(outcome.report is not None for outcome in outcomes)
    return course, {each.submission.student: each.report for each in outcomes if each.report}


def waiting(course: Course, student: str) -> set[str]:
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        grades = gradebook.find_submission_notebook("tiny", "tiny", student).grades
        return {grade.name for grade in grades if grade.needs_manual_grade}


@pytest.mark.parametrize("student", FOUND)
def test_a_lone_notebook_is_marked_wherever_it_is_and_whatever_it_is_called(
    student: str, marked: tuple[Course, dict[str, Report]]
) -> None:
    report = marked[1][student]
    assert (report.score, report.by_hand) == (6, 1)
    (problem,) = report.problems
    assert problem.costs_nothing
    assert f"the file is called {FOUND[student][1]}; tiny.ipynb was expected" in problem.message


@pytest.mark.parametrize("student", UNCLEAR)
def test_what_cannot_be_told_is_named_and_waits_for_a_person(
    student: str, marked: tuple[Course, dict[str, Report]]
) -> None:
    course, reports = marked
    report = reports[student]
    assert (report.score, report.by_hand) == (0, 7)
    (problem,) = report.problems
    assert not problem.costs_nothing
    assert UNCLEAR[student][1] in problem.message
    assert "a person has to" in problem.message.lower()
    assert waiting(course, student) == {"check-double", "check-mean", "test-triple", "why"}


@pytest.mark.parametrize("student", NOTHING)
def test_where_nothing_was_done_nobody_has_to_look(
    student: str, marked: tuple[Course, dict[str, Report]]
) -> None:
    course, reports = marked
    assert (reports[student].score, reports[student].by_hand) == (0, 0)
    assert reports[student].problems
    assert waiting(course, student) == set()


def test_a_notebook_beside_the_right_one_is_named_and_costs_nothing(
    marked: tuple[Course, dict[str, Report]],
) -> None:
    report = marked[1]["usual"]
    assert (report.score, report.by_hand) == (6, 1)
    (problem,) = report.problems
    assert "not marked: scratch.ipynb. This costs nothing" in problem.message


def test_a_plain_notebook_in_a_folder_finds_the_files_beside_it(tmp_path: Path) -> None:
    course = course_of(tmp_path, ["one"])
    source = tmp_path / "source" / "one" / "p.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells[0].source = "assert open('mine.txt').read() == 'x'"
    nbformat.write(notebook, source)
    nbformat.write(notebook, source.with_name("q.ipynb"))
    for student, other in OTHERS.items():
        folder = tmp_path / "submitted" / student / "one" / "up"
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, folder / "p.IPYNB")
        (folder / "mine.txt").write_text("x")
        (folder / other).write_text("my q")
    (tmp_path / "submitted" / "ada" / "one" / "p.ipynb").unlink()
    for outcome in grade_class(course, find_submissions(course), processes=1):
        assert outcome.report is not None
        student = outcome.submission.student
        points = {task.notebook: task.points for task in outcome.report.tasks}
        assert points == {"p": 1, "q": 0 if student == "cleo" else None}
        assert f"up/{OTHERS[student]}" in " ".join(p.message for p in outcome.report.problems)


def test_what_comes_later_is_marked(make_tiny_course: Callable[[], Course]) -> None:
    course = make_tiny_course()
    zipped(hand_in(course, "zip", answered(course, **WORDS)).parent)
    grade_class(course, find_submissions(course), processes=1)
    hand_in(course, "zip", released(course))
    grade_class(course, find_submissions(course), processes=1)
    assert waiting(course, "zip") == set()
