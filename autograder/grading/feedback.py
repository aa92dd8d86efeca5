"""One HTML page per marked submission: what was right, what was not, and why.

Built from the report's records, never from what a notebook printed, so that a hidden
check shows what failed and not what it tried.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer, TextLexer

from autograder.checks import number, prose, results_table
from autograder.course import Course
from autograder.errors import CourseError
from autograder.files import write_atomically
from autograder.grading.outputs import clean_html
from autograder.grading.report import Report, TaskReport
from autograder.notebook import grade_id_of, load_notebook, tasks_of

_MAX_COLOURED = 10_000


@dataclass(frozen=True)
class _ByHand:
    """A person's entry in the gradebook about one cell."""

    score: float | None
    comment: str


def count_reports(course: Course, name: str) -> int:
    """Return how many pages `write_feedback` will write."""
    reports = len(_reports(course, name))
    return reports * len(course.notebooks(name)) if reports else 0


def _reports(course: Course, name: str) -> list[Path]:
    return sorted((course.reports_dir / name).glob("*.json"))


def write_feedback(course: Course, name: str) -> Iterator[Path]:
    """Write a page for every notebook of every report of assignment `name`, yielding each path.

    Raises CourseError where nothing of this assignment has been marked yet.
    """
    title = course.assignment(name).title
    reports = _reports(course, name)
    if not reports:
        raise CourseError(f"nothing of {name} has been marked yet: run `autograder grade` first")
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        for path in reports:
            whole = Report.from_dict(json.loads(path.read_text(encoding="utf-8")))
            names = course.notebooks(name)
            for each in names:
                report = whole if len(names) == 1 else whole.part(each)
                heading = title if len(names) == 1 else f"{title}: {each}"
                source = course.autograded_dir / report.student / name / f"{each}.ipynb"
                notebook = load_notebook(source) if source.exists() else None
                page = render(heading, report, notebook, *_by_hand(gradebook, whole, each))
                target = course.feedback_dir / report.student / name / f"{each}.html"
                write_atomically(target, page.encode("utf-8"))
                yield target


def render(
    title: str,
    report: Report,
    notebook: NotebookNode | None,
    by_hand: dict[str, _ByHand] | None = None,
    late: float = 0.0,
) -> str:
    """Return the page of one report, complete in itself and free of scripts.

    `late` is what is taken off for handing in late.
    """
    by_hand = by_hand or {}
    answers = _answers(notebook) if notebook is not None else {}
    tasks = [_task_view(task, by_hand.get(task.cell), answers) for task in report.tasks]
    return _template().render(
        title=title,
        report=report,
        score=max(0.0, sum(task["points"] or 0.0 for task in tasks) - late),
        late=late,
        waiting=sum(task["max_points"] for task in tasks if task["points"] is None),
        tasks=tasks,
        code_css=Markup(HtmlFormatter(style="default").get_style_defs(".code")),
    )


def _task_view(
    task: TaskReport, hand: _ByHand | None, answers: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    points = hand.score if hand is not None and hand.score is not None else task.points
    note = task.note if points == task.points else "marked by hand"
    table = results_table(task.checks, task.points or 0.0, task.max_points, foldable=True)
    return {
        "id": task.id,
        "points": points,
        "max_points": task.max_points,
        "note": "waits for a person to read it" if points is None else note,
        "comment": hand.comment if hand is not None else "",
        "table": Markup(table) if task.checks else "",
        "cells": answers.get(task.id, []),
    }


def _answers(notebook: NotebookNode) -> dict[str, list[dict[str, Any]]]:
    """Render the student's own cells of each task."""
    cells = {grade_id_of(cell): cell for cell in notebook.cells}
    views = {}
    for task in tasks_of(notebook):
        own = [*task.solution_cells, *([task.test_cell] if task.kind == "manual" else [])]
        views[task.id] = [_cell_view(cells[name]) for name in own if name in cells]
    return views


def _cell_view(cell: NotebookNode) -> dict[str, Any]:
    if cell.cell_type != "code":
        # The marked notebook holds it as clean HTML already; cleaning twice changes nothing.
        return {"html": Markup(clean_html(cell.source)), "outputs": []}
    # Of a thousand escapes that never close, `\\N{`, the lexer takes the square.
    lexer = PythonLexer() if len(cell.source) <= _MAX_COLOURED else TextLexer()
    code = highlight(cell.source, lexer, HtmlFormatter(cssclass="code"))
    return {"html": Markup(code), "outputs": [_output_view(output) for output in cell.outputs]}


def _output_view(output: NotebookNode) -> dict[str, str]:
    if output.output_type == "stream":
        return {"text": strip_ansi(output.text)}
    if output.output_type == "error":
        return {"text": f"{output.ename}: {output.evalue}"}
    for mime in ("image/png", "image/jpeg"):
        if mime in output.data:
            return {"image": f"data:{mime};base64,{''.join(output.data[mime].split())}"}
    return {"text": output.data.get("text/plain", "")}


def _by_hand(
    gradebook: Gradebook, report: Report, notebook: str
) -> tuple[dict[str, _ByHand], float]:
    """Return a person's entries by cell, and what is taken off for handing in late."""
    try:
        entry = gradebook.find_submission_notebook(notebook, report.assignment, report.student)
    except MissingEntry:
        return {}, 0.0
    comments = {comment.name: comment.comment or "" for comment in entry.comments}
    entries = {
        grade.name: _ByHand(grade.manual_score, comments.get(grade.name, ""))
        for grade in entry.grades
    }
    return entries, entry.late_submission_penalty or 0.0


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("autograder.grading", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = lambda text: Markup(prose(text))
    environment.filters["points"] = lambda points: "–" if points is None else number(points)
    return environment.get_template("feedback.html")
