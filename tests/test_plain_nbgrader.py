"""Plain nbgrader courses get the scores that `nbgrader autograde` gives.

nbgrader and we mark the same submissions; the two gradebooks are compared cell by cell.
"""

from __future__ import annotations

import json
import shutil
import urllib.request
from pathlib import Path

import nbformat
import nbgrader.docs
import pytest
from commands import run
from nbgrader.api import Gradebook
from plain import named, read_all
from plain.twice import (
    Row,
    autograde,
    generate,
    hand_in,
    mark,
    our_copy,
    run_nbgrader,
    scores_in,
    write_sources,
)
from servers import jupyter_lab

from autograder.authoring import build
from autograder.course import Course
from autograder.grading.feedback import write_feedback

pytestmark = pytest.mark.ci
EXAMPLE = Path(nbgrader.docs.__path__[0]) / "source" / "user_guide"
NUMBERS = "points"
PARITY = [
    NUMBERS,
    pytest.param("cells", marks=pytest.mark.parity),
    pytest.param("python", marks=pytest.mark.parity),
]
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg"
    "=="
)

# An answer that holds nothing is none, for us; nbgrader wants a person to look at it.
EMPTIED = {("cells", "wrong", "turned-cells", "why"): Row(0.0, False)}


@pytest.fixture(scope="module")
def marked_by_nbgrader(tmp_path_factory: pytest.TempPathFactory):
    """Make, once each, the course in which nbgrader has marked one folder of notebooks."""
    made: dict[str, Path] = {}

    def make(name: str) -> Path:
        if name not in made:
            folder = made[name] = tmp_path_factory.mktemp(f"nbgrader-{name}")
            write_sources(folder, name)
            add_files(folder, name)
            generate(folder, name)
            for plain in read_all(name):
                hand_in(folder, name, plain)
            add_submitted_files(folder, name)
            autograde(folder, name)
        return made[name]

    return make


def add_files(folder: Path, name: str) -> None:
    """Put files beside the instructor's notebooks."""
    files = folder / "source" / name
    if name == "python":
        (files / "table.csv").write_text("x\n1\n2\n")
        (files / "nested").mkdir()
        (files / "nested" / "deep.txt").write_text("deep\n")


def add_submitted_files(folder: Path, name: str) -> None:
    """Put files beside the students' notebooks, and do what no editor of cells can."""
    right = folder / "submitted" / "right" / name
    if name == "python":
        (right / "helper.py").write_text("THREE = 3\n")
        (right / "table.csv").write_text("the assignment's own takes its place\n")
    if name == "cells":
        sketch = right / "attachment.ipynb"
        notebook = nbformat.read(sketch, as_version=4)
        named(notebook, "sketch").attachments = {"mine.png": {"image/png": PICTURE}}
        nbformat.write(notebook, sketch)
        shutil.copy(sketch, right / "scratch.ipynb")


@pytest.mark.parametrize("name", PARITY)
def test_every_cell_gets_the_score_that_nbgrader_gives(
    name: str, marked_by_nbgrader, tmp_path: Path
) -> None:
    theirs = marked_by_nbgrader(name)
    mark(our_copy(theirs, tmp_path, name, stderr="fails"))
    expected, found = scores_in(theirs), scores_in(tmp_path)
    known = {key: row for key, row in EMPTIED.items() if key[0] == name}
    assert len(expected.cells) > 50
    assert found.cells == expected.cells | known
    assert found.notebooks == expected.notebooks
    assert found.assignments == expected.assignments


def test_there_are_as_many_notebooks_as_promised() -> None:
    assert sum(len(read_all(name)) for name in ("points", "cells", "python")) >= 25


# stderr


def test_stderr_costs_nothing_unless_the_course_says_so(marked_by_nbgrader, tmp_path: Path) -> None:
    theirs = marked_by_nbgrader(NUMBERS)
    reports = mark(our_copy(theirs, tmp_path, NUMBERS))
    expected, found = scores_in(theirs).cells, scores_in(tmp_path).cells
    better = {key[1:]: row.auto for key, row in found.items() if row != expected[key]}
    assert better == {
        ("right", "stderr", "own-bar"): 2,
        ("wrong", "stderr", "warned"): 1,
        ("wrong", "stderr", "warned-again"): 1,
        ("wrong", "stderr", "own-bar"): 2,
        ("weird", "stderr", "warned-again"): 0.5,
    }
    task = reports[NUMBERS, "right"].task("own-bar", "stderr")
    assert "nbgrader would have given 0; the course ignores it (stderr: ignore)" in task.note


def test_one_assignment_can_have_stderr_fail(marked_by_nbgrader, tmp_path: Path) -> None:
    theirs = marked_by_nbgrader(NUMBERS)
    entry = {"name": NUMBERS, "title": "Points", "stderr": "fails"}
    course = our_copy(theirs, tmp_path, assignments=[entry])
    report = mark(course)[NUMBERS, "right"]
    assert report.task("own-bar").points == 0
    assert "stderr: fails" in report.task("own-bar").note
    assert report.task("quiet").points == 1


# nbgrader's own example course


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of nbgrader's user guide, generated and marked by nbgrader."""
    folder = tmp_path_factory.mktemp("example")
    for name in ("source", "submitted"):
        shutil.copytree(EXAMPLE / name, folder / name)
    shutil.rmtree(folder / "source" / "ps1_autotest")
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        'c.CourseDirectory.course_id = "course101"\n'
        'c.IncludeHeaderFooter.header = "source/header.ipynb"\n'
    )
    generate(folder, "ps1")
    shutil.copy(folder / "gradebook.db", folder / "generated.db")
    autograde(folder, "ps1")
    return folder


def copy_of_example(example: Path, folder: Path) -> Course:
    course = our_copy(example, folder, "ps1", id="course101")
    shutil.copy(example / "nbgrader_config.py", folder / "nbgrader_config.py")
    return course


def test_the_example_course_gets_the_same_scores(example: Path, tmp_path: Path) -> None:
    mark(copy_of_example(example, tmp_path))
    assert scores_in(tmp_path) == scores_in(example)


def test_a_release_and_gradebook_of_nbgrader_s_are_taken_as_they_are(
    example: Path, tmp_path: Path
) -> None:
    course = copy_of_example(example, tmp_path)
    shutil.copytree(example / "release", tmp_path / "release")
    shutil.copy(example / "generated.db", tmp_path / "gradebook.db")
    assert "up to date" in str(build(course, check=True)[0])
    before = cell_ids(course)
    mark(course)
    assert scores_in(tmp_path) == scores_in(example)
    assert cell_ids(course) == before


def cell_ids(course: Course) -> set[str]:
    with Gradebook(course.gradebook_url) as gradebook:
        notebooks = gradebook.find_assignment("ps1").notebooks
        return {cell.id for notebook in notebooks for cell in notebook.source_cells}


def test_what_we_release_is_what_nbgrader_releases(example: Path, tmp_path: Path) -> None:
    course = copy_of_example(example, tmp_path)
    (report,) = build(course, gradebook=False)
    assert set(report.files) == {"problem1.ipynb", "problem2.ipynb", "jupyter.png"}
    for name in ("problem1", "problem2"):
        ours, theirs = (
            nbformat.read(folder / "release" / "ps1" / f"{name}.ipynb", as_version=4)
            for folder in (tmp_path, example)
        )
        assert [(c.source, c.metadata) for c in ours.cells] == [
            (c.source, c.metadata) for c in theirs.cells
        ]


def test_every_notebook_has_its_page_and_the_formgrader_shows_the_scores(
    example: Path, tmp_path: Path
) -> None:
    course = copy_of_example(example, tmp_path)
    mark(course)
    pages = {path.relative_to(tmp_path).as_posix() for path in write_feedback(course, "ps1")}
    assert pages == {
        f"feedback/{student}/ps1/{notebook}.html"
        for student in ("bitdiddle", "hacker")
        for notebook in ("problem1", "problem2")
    }
    page = (tmp_path / "feedback/bitdiddle/ps1/problem1.html").read_text()
    assert "correct_squares" in page
    assert "part-a" not in page
    assert (course.autograded_dir / "hacker" / "ps1" / "jupyter.png").is_file()
    with (
        jupyter_lab(course.root) as address,
        urllib.request.urlopen(f"{address}/formgrader/api/submissions/ps1") as answer,
    ):
        shown = {entry["student"]: entry["score"] for entry in json.load(answer)}
    scores = scores_in(tmp_path).assignments
    assert shown == {student: score for (_, student), (score, _) in scores.items()}


@pytest.mark.parity
def test_tests_that_nbgrader_writes_itself_are_marked_as_it_marks_them(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    shutil.copytree(EXAMPLE / "source" / "ps1_autotest", theirs / "source" / "ps1")
    shutil.copy(EXAMPLE / "autotests.yml", theirs)
    ours.mkdir()
    generate(theirs, "ps1")
    for student in ("bitdiddle", "hacker"):
        shutil.copytree(EXAMPLE / "submitted" / student, theirs / "submitted" / student)
    course = our_copy(theirs, ours, "ps1")
    shutil.copy(EXAMPLE / "autotests.yml", ours)
    autograde(theirs, "ps1")
    assert run(ours, "autograder", "build").returncode == 0
    mark(course)
    found, expected = scores_in(ours), scores_in(theirs)
    # A test that these submissions, made for another version, never had: we put it back.
    new = [key for key in expected.cells if key[-1] == "cell-6e9ff83aa5dfaf17"]
    assert [(found.cells.pop(key).auto, expected.cells.pop(key).auto) for key in new] == [
        (0, None),
        (0, None),
    ]
    assert found == expected


# Where we differ on purpose: nbgrader's score, or None where it drops the submission, and ours.

DIFFERENT = {
    "asyncio_run": (0, 3, "a kernel has a loop that runs already"),
    "deleted_locked": (0, 3, "a locked cell that was deleted is put back"),
    "deleted_test": (2, 3, "a test that was deleted is put back"),
    "exits": (None, 3, "a kernel that ends costs one cell"),
    "hangs": (3, 3, "the cell is stopped, the rest is marked"),
    "moved": (0, 3, "cells run in the order of the assignment"),
    "renamed": (None, 3, "a cell whose name was changed is found by its id"),
    "too_much": (None, 0, "a test that returns more than its points counts nothing"),
    "unreadable": (None, 0, "a file that is no notebook scores 0, and says so"),
    "untested": (3, 0, "a student's tag does not keep a test from running"),
    "zz_copied": (None, 3, "of a copied cell the last version counts"),
}


def twist(student: str, path: Path) -> None:
    """Do to a notebook what takes more than a new text."""
    if student == "unreadable":
        path.write_text('{"cells": [')
        return
    notebook = nbformat.read(path, as_version=4)
    if student == "moved":
        notebook.cells.reverse()
    elif student == "renamed":
        named(notebook, "f").metadata.nbgrader["grade_id"] = "mine"
    elif student == "untested":
        for name in ("one", "part"):
            named(notebook, name).metadata["tags"] = ["skip-execution"]
    nbformat.write(notebook, path)


@pytest.mark.parity
def test_where_nbgrader_gives_up_or_is_unfair_we_differ_as_documented(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    write_sources(theirs, "dropped")
    (theirs / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 3\n")
    ours.mkdir()
    generate(theirs, "dropped")
    (quirks,) = read_all("dropped")
    hand_in(theirs, "dropped", quirks)
    for student in quirks.edits:
        twist(student, theirs / "submitted" / student / "dropped" / "quirks.ipynb")
    done = run_nbgrader(theirs, "autograde", "dropped")
    dropped = {s for s in quirks.edits if not (theirs / "autograded" / s / "dropped").exists()}
    course = our_copy(theirs, ours, "dropped", stderr="fails", limits={"cell_seconds": 3})
    mark(course)
    expected, found = scores_in(theirs).assignments, scores_in(ours).assignments
    assert done.returncode != 0
    both = {}
    for student in quirks.edits:
        nbgrader_s = None if student in dropped else expected["dropped", student][0]
        both[student] = nbgrader_s, found["dropped", student][0]
    assert both == {student: (one, other) for student, (one, other, _) in DIFFERENT.items()}
