"""One class marked twice, by nbgrader as it is installed and by us, and what came of it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml
from commands import run
from nbgrader.api import Gradebook

from autograder.course import Course, load_course
from autograder.grading.classroom import find_submissions, grade_class
from autograder.grading.report import Report
from plain import Plain, read_all


@dataclass(frozen=True)
class Row:
    """One cell in a gradebook: the machine's points, and whether a person must look."""

    auto: float | None
    by_hand: bool


@dataclass(frozen=True)
class Scores:
    """A class in a gradebook: its cells, and the totals of notebooks and assignments."""

    cells: dict[tuple[str, str, str, str], Row]
    notebooks: dict[tuple[str, str, str], tuple[float, float]]
    assignments: dict[tuple[str, str], tuple[float, float]]


def scores_in(folder: Path) -> Scores:
    scores = Scores({}, {}, {})
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        for assignment in gradebook.assignments:
            for submission in assignment.submissions:
                who = assignment.name, submission.student.id
                scores.assignments[who] = submission.score, submission.max_score
                for notebook in submission.notebooks:
                    key = *who, notebook.name
                    scores.notebooks[key] = notebook.score, notebook.max_score
                    for grade in notebook.grades:
                        row = Row(grade.auto_score, grade.needs_manual_grade)
                        scores.cells[*key, grade.name] = row
    return scores


def run_nbgrader(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run nbgrader in a course's folder, without any settings of the user's."""
    return run(folder, "nbgrader", *arguments, JUPYTER_CONFIG_DIR=str(folder / "no-config"))


def generate(folder: Path, assignment: str) -> None:
    done = run_nbgrader(folder, "generate_assignment", assignment)
    assert done.returncode == 0, done.stderr


def autograde(folder: Path, assignment: str) -> None:
    done = run_nbgrader(folder, "autograde", assignment)
    assert done.returncode == 0, done.stderr


def write_sources(folder: Path, *assignments: str) -> None:
    """Make `source/` of these folders of notebooks."""
    for assignment in assignments:
        source = folder / "source" / assignment
        source.mkdir(parents=True)
        for plain in read_all(assignment):
            nbformat.write(plain.source, source / f"{plain.name}.ipynb")


def hand_in(folder: Path, assignment: str, plain: Plain) -> None:
    """Put what everybody made of one released notebook in place."""
    path = folder / "release" / assignment / f"{plain.name}.ipynb"
    for student in plain.edits:
        released = nbformat.read(path, as_version=4)
        target = folder / "submitted" / student / assignment
        target.mkdir(parents=True, exist_ok=True)
        nbformat.write(plain.handed_in(student, released), target / path.name)


def our_copy(theirs: Path, folder: Path, *names: str, **settings: object) -> Course:
    """The same sources and submissions as a course of ours, in `folder`."""
    for name in ("source", "submitted"):
        shutil.copytree(theirs / name, folder / name)
    course = {
        "id": "plain",
        "title": "Plain",
        "folders": {"source": "source", "release": "release"},
        "assignments": [{"name": name, "title": name} for name in names],
        "preload": ["numpy", "matplotlib.pyplot"],
        **settings,
    }
    (folder / "course.yml").write_text(yaml.safe_dump(course), encoding="utf-8")
    return load_course(folder)


def mark(course: Course) -> dict[tuple[str, str], Report]:
    """Mark all that was handed in; the reports by assignment and student."""
    reports = {}
    for outcome in grade_class(course, find_submissions(course), processes=2):
        assert outcome.report is not None, outcome.failure
        reports[outcome.submission.assignment, outcome.submission.student] = outcome.report
    return reports
