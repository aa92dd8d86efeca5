"""An assignment that cannot be marked stops no other, and says why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import pytest
import yaml
from commands import run
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook

from autograder.course import Course, load_course
from autograder.errors import AutograderError, CourseError
from autograder.grading.classroom import GradedSubmission, find_submissions, grade_class


def notebook() -> NotebookNode:
    """A test of one point, which whatever was handed in passes."""
    marks = {"grade_id": "t", "schema_version": 3, "task": False, "points": 1}
    marks |= {"grade": True, "solution": False, "locked": True}
    return new_notebook(cells=[new_code_cell("assert True", metadata={"nbgrader": marks})])


def course_of(folder: Path, names: Sequence[str]) -> Course:
    """Plain assignments that Ada has handed in."""
    settings = {
        "id": "c",
        "title": "C",
        "folders": {"source": "source", "release": "release"},
        "assignments": [{"name": name, "title": name} for name in names],
        "preload": [],
        "limits": {"files_mb": 1},
    }
    (folder / "course.yml").write_text(yaml.safe_dump(settings))
    (folder / "source").mkdir()
    (folder / "source" / "secret.txt").write_text("5ec2e7" * 6)
    for name in names:
        for place in (folder / "source" / name, folder / "submitted" / "ada" / name):
            place.mkdir(parents=True)
            nbformat.write(notebook(), place / "p.ipynb")
    return load_course(folder)


def in_gradebook(course: Course) -> set[str]:
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        return {each.name for each in gradebook.assignments if each.submissions}


def no_name(folder: Path) -> None:
    (folder / "p.ipynb").rename(folder / "bad's.ipynb")


def no_notebook(folder: Path) -> None:
    (folder / "p.ipynb").write_text("{")


def no_folder(folder: Path) -> None:
    (folder / "p.ipynb").unlink()


def old_metadata(folder: Path) -> None:
    content = json.loads((folder / "p.ipynb").read_text())
    content["cells"][0]["metadata"]["nbgrader"]["schema_version"] = 1
    (folder / "p.ipynb").write_text(json.dumps(content))


def broken_checks(folder: Path) -> None:
    (folder / "hidden_checks.py").write_text("def (:\n")


def large_files(folder: Path) -> None:
    (folder / "big.bin").write_bytes(bytes(2**20))


def broken_build(folder: Path) -> None:
    """A sealed assignment whose built notebook is damaged: an error that is none of ours."""
    for name in (f"{folder.name}.py", f"{folder.name}.ipynb"):
        (folder / name).write_text("{")
    shutil.copytree(folder, folder.parents[1] / "release" / folder.name)


DAMAGES: dict[Callable[[Path], None], str] = {
    no_name: '"bad\'s" cannot be the name of a notebook; rename it',
    no_notebook: "p.ipynb is not a notebook",
    no_folder: "run `autograder build no_folder` first",
    old_metadata: "nbgrader update",
    broken_checks: "hidden_checks.py",
    large_files: "raise files_mb in course.yml",
    broken_build: "NotJSONError",
}


def test_the_others_are_marked_and_the_reason_is_kept(tmp_path: Path) -> None:
    reasons = {damage.__name__: why for damage, why in DAMAGES.items()}
    course = course_of(tmp_path, ["first", *reasons, "zuletzt"])
    for damage in DAMAGES:
        damage(tmp_path / "source" / damage.__name__)
    shown: list[GradedSubmission] = []
    outcomes = grade_class(course, find_submissions(course), processes=1, on_outcome=shown.append)
    assert [each.submission.assignment for each in outcomes] == sorted(course.names)
    assert len(shown) == len(outcomes)
    for outcome in outcomes:
        if (why := reasons.get(outcome.submission.assignment)) is None:
            assert outcome.report is not None
            assert outcome.report.score == 1
        else:
            assert outcome.stopped
            assert why in outcome.failure
    assert in_gradebook(course) == {"first", "zuletzt"}


def test_the_command_shows_who_was_marked_and_says_why_the_others_were_not(tmp_path: Path) -> None:
    course = course_of(tmp_path, ["one", "two"])
    no_name(tmp_path / "source" / "one")
    done = run(course.root, "autograder", "grade")
    assert done.returncode == 1
    assert ["ada", "1/1"] in [line.split() for line in done.stdout.splitlines()]
    assert 'one was not marked, 1 submission:\none: "bad\'s" cannot be the name' in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_where_none_can_be_marked_the_error_is_raised(tmp_path: Path) -> None:
    course = course_of(tmp_path, ["one", "two"])
    for name in course.names:
        no_name(course.root / "source" / name)
    found = find_submissions(course)
    with pytest.raises(CourseError, match=r"^one: "):
        grade_class(course, found[:1], processes=1)
    with pytest.raises(AutograderError, match=r"(?s)^one: one: .*\ntwo: two: "):
        grade_class(course, found, processes=1)
