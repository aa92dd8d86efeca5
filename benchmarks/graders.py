"""The graders that are compared: each marks a class with its real command."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.checks import score
from autograder.course import load_course
from autograder.errors import AutograderError
from autograder.grading.report import Report, TaskReport
from benchmarks import cells
from benchmarks.figures import Scores
from benchmarks.usage import Usage, measure, said
from benchmarks.workloads import Workload, script

OURS = "autograder"
STOCK = "nbgrader"
# No grader: what the students' own cells use.
CELLS = "the cells alone"


@dataclass(frozen=True)
class MarkedClass:
    """A class that was marked once: what it cost, who got what, and behind which walls.

    `public` is what the public checks alone would give, where a grader knows more.
    """

    usage: Usage
    scores: Scores
    public: Scores
    sandbox: str | None = None


def mark_ours(
    workload: Workload, jobs: int, sandbox: str, handed_in: Mapping[str, bytes], folder: Path
) -> MarkedClass:
    """Mark a class with `autograder grade` in a fresh copy of the course."""
    command = [script("autograder"), "grade", "--assignment", workload.name]
    command += ["--jobs", str(jobs), "--sandbox", sandbox]
    place, usage = _in_course(workload.ours, workload.name, handed_in, folder, command)
    course = load_course(place)
    reports = {}
    for student in handed_in:
        path = course.reports_dir / workload.name / f"{student}.json"
        if path.exists():
            reports[student] = Report.from_dict(json.loads(path.read_text(encoding="utf-8")))
    _expect_scores(reports, usage, folder)
    public = {
        student: {task.cell: _public(task) for task in report.tasks}
        for student, report in reports.items()
    }
    levels = {report.sandbox for report in reports.values()}
    scores = _gradebook(course.gradebook_url, workload.name)
    return MarkedClass(usage, scores, public, "/".join(sorted(levels)))


def mark_stock(workload: Workload, handed_in: Mapping[str, bytes], folder: Path) -> MarkedClass:
    """Mark a class with `nbgrader autograde` in a fresh copy of its course."""
    command = [script("nbgrader"), "autograde", workload.name]
    course, usage = _in_course(workload.stock, workload.name, handed_in, folder, command)
    scores = _gradebook(f"sqlite:///{course / 'gradebook.db'}", workload.name)
    done = {path.parent.name for path in (course / "autograded").glob(f"*/{workload.name}")}
    scores = {student: points for student, points in scores.items() if student in done}
    _expect_scores(scores, usage, folder)
    return MarkedClass(usage, scores, scores)


def run_cells(handed_in: Mapping[str, bytes], folder: Path) -> MarkedClass:
    """Run a class's cells in one process that marks nothing."""
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    for student, notebook in handed_in.items():
        (notebooks / f"{student}.ipynb").write_bytes(notebook)
    command = [sys.executable, "-P", cells.__file__, str(notebooks)]
    usage = measure(command, notebooks, folder)
    if usage.status:
        _expect_scores({}, usage, folder)
    return MarkedClass(usage, {}, {})


def _in_course(
    template: Path, name: str, handed_in: Mapping[str, bytes], folder: Path, command: list[str]
) -> tuple[Path, Usage]:
    """Run `command` in a copy of a course where a class has handed in; return both."""
    course = folder / "course"
    shutil.copytree(template, course)
    for student, notebook in handed_in.items():
        path = course / "submitted" / student / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(notebook)
    return course, measure(command, course, folder)


def _expect_scores(marked: Mapping[str, object], usage: Usage, folder: Path) -> None:
    if not marked:
        raise AutograderError(f"nobody was marked (exit status {usage.status}):\n{said(folder)}")
    if usage.lost:
        raise AutograderError("processes went on after the command had ended: no figure is right")


def _gradebook(url: str, name: str) -> Scores:
    """Return every student's automatic scores, from nbgrader's gradebook."""
    with Gradebook(url, "bench") as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(name)
        }


def _public(task: TaskReport) -> float | None:
    """Return the points of a task by its public checks alone, for one that has checks."""
    public = [check for check in task.checks if check.visibility == "public"]
    return score(public, task.max_points) if public else task.points
