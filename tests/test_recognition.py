"""Answers outside of their cells, and cells without names: real marking, a real gradebook."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from submissions import named
from tiny import REPOSITORY
from unmarked import ANSWERS, NAME, F, G, Handed, right, write_course

from autograder.course import Course, load_course
from autograder.grading.classroom import find_submissions, grade_class
from autograder.grading.report import Report
from autograder.notebook import Spliced, read_built, role_of, splice, with_sources
from autograder.notebook.answers import answers_of

FULL = {"t1": 2, "t2": 3, "t3": 2, "t4": 1, "why": None, "how": None}
Case = tuple[Callable[[], Any], dict[str, float | None], str]
ALL = "\n\n".join(ANSWERS[name] for name in ("f", "g", "limit"))


def _giant() -> Handed:
    """Everything in one cell, as a script comes back from a converter."""
    handed = right().without("f", "g", "limit", "t1", "t2", "t3", "t4", "setup")
    return handed.own(f"import math\n{ALL}\nassert f(1) == 2\nassert g(1) == 3", before="next")


# What the student defined counts, wherever it stands, and no stub runs after it.
OWN_CELLS: dict[str, Case] = {
    "replaced": (lambda: right().replaced("f"), FULL, "own-cell"),
    "all-replaced": (lambda: right().replaced("f").replaced("g").replaced("limit"), FULL,
                     "own-cell"),
    "first": (lambda: right().without("f").own(F, before="title"), FULL, "own-cell"),
    "below-its-tests": (lambda: right().without("f").own(F, before="next"), FULL, "own-cell"),
    "at-the-end": (lambda: right().without("g").own(G), FULL, "own-cell"),
    "no-name-in-the-stub": (
        lambda: right().without("limit").own("limit = 7"), FULL, "own-cell"),
    "no-name-in-the-stub-that-stays": (
        lambda: right(limit=Handed().cell("limit").source).own("limit = 7", before="question"),
        FULL, "own-cell"),
    "pasted-again-below": (
        lambda: Handed(why="It doubles.", how="By hand.").own(F).own("assert f(1) == 2").own(G)
        .own("limit = 7"), FULL, "own-cell"),
    "merged": (lambda: right(f=f"{F}\n\n{G}").without("g"), FULL, "own-cell"),
    "merged-into-a-later-one": (lambda: right(g=f"{F}\n\n{G}").without("f"), FULL, "own-cell"),
    "one-cell-on-top": (lambda: right().without("f", "g", "limit").own(ALL, before="title"), FULL,
                        "own-cell"),
    "one-giant-cell": (_giant, FULL, "own-cell"),
    "two-cells": (lambda: right().own("def twice(x):\n    return 2 * x", before="f")
                  .replaced("f", "def f(x):\n    return twice(x)"), FULL, "own-cell"),
    "helper-below": (lambda: right().replaced("f", "def f(x):\n    return twice(x)")
                     .own("def twice(x):\n    return 2 * x", before="t1"), FULL, "own-cell"),
    "several-versions": (lambda: right().own("def f(x):\n    return x", before="f").replaced("f"),
                         FULL, "own-cell"),
    "above-the-stub": (lambda: right(f=Handed().cell("f").source).own(F, before="f"), FULL,
                       "own-cell"),
    "below-the-stub": (lambda: right(f=Handed().cell("f").source).own(F, before="t1"), FULL, ""),
    "stub-and-first": (lambda: right(f=Handed().cell("f").source).own(F, before="title"), FULL,
                       "own-cell"),
    "stub-and-below-its-tests": (
        lambda: right(f=Handed().cell("f").source).own(F, before="next"), FULL, "own-cell"),
    "emptied": (lambda: right(f="").own(F, before="f"), FULL, ""),
    "in-a-test-cell": (lambda: right().without("f").with_source("t1", f"{F}\nassert f(1) == 2"),
                       FULL, "own-cell"),
    "in-a-locked-cell": (lambda: right(f=Handed().cell("f").source)
                         .with_source("setup", f"import math\n{F}"), FULL, "own-cell"),
    "lambda": (lambda: right(f=Handed().cell("f").source)
               .own("f = lambda x: 2 * x", before="f"), FULL, "own-cell"),
    "tuple": (lambda: right().without("f").own("h, f = 1, lambda x: 2 * x", before="title"), FULL,
              "own-cell"),
    "in-a-block": (lambda: right().without("f")
                   .own("if True:\n    def f(x):\n        return 2 * x", before="title"), FULL,
                   "own-cell"),
    "imported": (lambda: right().without("g")
                 .own("from operator import neg as g\ng, _ = lambda x: f(x) + 1, g",
                      before="title"), FULL, "own-cell"),
    "magic": (lambda: right().without("f").own(f"%%time\n{F}", before="title"), FULL, "own-cell"),
    "turned-into-text": (lambda: right().replaced("f", kind="raw"), FULL, "own-cell"),
    "all-names-imported": (
        lambda: right(g=Handed().cell("g").source)
        .own("%%writefile mine.py\ndef g(x):\n    return 2 * x + 1", before="title")
        .own("from mine import *", before="g"), FULL, "own-cell"),
    "below-its-tests-and-of-more-use": (
        lambda: right(f=Handed().cell("f").source, limit="limit = seven")
        .own("ready = 1", before="next").own(f"{F}\nseven = ready + 6", before="next"), FULL,
        "own-cell"),
    "something-else": (
        lambda: right().without("f").own("f(3)", before="t1"),
        FULL | {"t1": None, "t2": None, "t3": 0}, "beside"),
    "never-written": (lambda: right().without("f"), FULL | {"t1": 0, "t2": 0, "t3": 0}, "missing"),
    "only-local": (lambda: right(f=Handed().cell("f").source)
                   .own("def other():\n    f = lambda x: 2 * x", before="title"),
                   FULL | {"t1": 0, "t2": 0, "t3": 0}, ""),
    "wrong": (lambda: right().replaced("f", "def f(x):\n    return 2 * abs(x)"), FULL | {"t2": 0},
              "own-cell"),
}  # fmt: skip

NOT_F = FULL | {"t1": 0, "t2": 0, "t3": 0}
# A notebook is known by what stands in it, where names and ids are gone.
NO_NAMES: dict[str, Case] = {
    **{
        how: (lambda how=how: right().stripped(how), FULL, "metadata")
        for how in ("bare", "colab", "vscode", "ids", "deepnote", "lines")
    },
    "bare-unanswered": (lambda: Handed().stripped(), dict.fromkeys(FULL, 0), "metadata"),
    "bare-first-question": (
        lambda: right(how=Handed().cell("how").source).stripped(), FULL | {"how": 0}, "metadata"),
    "bare-last-question": (
        lambda: right(why=Handed().cell("why").source).stripped(), FULL | {"why": 0}, "metadata"),
    "bare-own-cells": (lambda: right().own("import os", before="title").own("f(3)", before="t1")
                       .own("Notes.", kind="markdown", before="g").stripped(), FULL, "metadata"),
    "bare-without-tests": (
        lambda: right().without("t1", "t2", "t3", "t4").stripped(), FULL, "metadata"),
    "bare-without-text": (
        lambda: right().without("title", "next", "question", "more").stripped(), FULL, "metadata"),
    "bare-only-functions": (
        lambda: right().without("title", "setup", "t1", "t2", "next", "t3", "t4")
        .without("question", "why", "more", "how").stripped(), FULL, "unsure"),
    "bare-sorted": (lambda: right().moved("t1", before="question").moved("g", before="t1")
                    .moved("limit", before="title").stripped(), FULL, "metadata"),
    "bare-wrong": (lambda: right(f="def f(x):\n    return 2 * abs(x)").stripped(),
                   FULL | {"t2": 0}, "metadata"),
    "bare-tests-changed": (lambda: right().with_source("t1", "assert f(2) == 4")
                           .with_source("t3", "").stripped(), FULL, "metadata"),
    "bare-text-merged": (
        lambda: right().with_source("more", "It doubles.\n\n## How?\n\nBy hand.")
        .without("why", "how").stripped(), FULL, "metadata"),
    "bare-words-as-code": (
        lambda: right().replaced("how", 'mo.md(r"""By hand.""")').stripped(), FULL, "metadata"),
    "bare-badge": (lambda: right().own("[Open in Colab](https://colab)", kind="markdown",
                                       before="title").stripped(), FULL, "metadata"),
    "other": (lambda: {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": "# Another course"},
        {"cell_type": "code", "metadata": {}, "source": "z = 1 / 0", "outputs": [],
         "execution_count": None}]}, dict.fromkeys(FULL, None), "foreign"),
    "blank": (lambda: {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [
        {"cell_type": "code", "metadata": {}, "source": " ", "outputs": [],
         "execution_count": None}]}, dict.fromkeys(FULL, 0), "foreign"),
}  # fmt: skip


def _words(source: str = "It doubles.", *, before: str = "more", kind: str = "markdown") -> Handed:
    """Write the answer to `why` beside its cell, which stays as it was released."""
    return right(why=Handed().cell("why").source).own(source, before=before, kind=kind)


WHY_0 = FULL | {"why": 0}
# Words in a cell of one's own: a person is asked to look.
OWN_WORDS: dict[str, Case] = {
    "words-replaced": (lambda: right().replaced("why", kind="markdown"), FULL, "own-cell"),
    "words-below": (_words, FULL, "beside"),
    "words-above": (lambda: _words(before="why"), FULL, "beside"),
    "words-above-the-question": (lambda: _words(before="question"), FULL, "beside"),
    "words-at-the-end": (lambda: right().without("how").own("By hand.", kind="markdown"), FULL,
                         "own-cell"),
    "words-on-top": (lambda: right().without("why").own("It doubles.", kind="markdown",
                                                         before="title"), FULL, "beside"),
    "words-raw": (lambda: _words(kind="raw"), FULL, "beside"),
    "words-in-comments": (lambda: _words("# It\n\n# doubles.", kind="code"), FULL, "beside"),
    "words-in-a-string": (lambda: _words('"""It\ndoubles."""', kind="code"), FULL, "beside"),
    "words-in-the-question": (
        lambda: right(why=Handed().cell("why").source)
        .with_source("question", "## Why does it double?\n\nIt doubles."), FULL, "beside"),
    "words-in-the-next-text": (
        lambda: right(how=Handed().cell("how").source)
        .with_source("more", "## How did you find out?\n\nBy hand."), FULL, "beside"),
    "words-emptied": (lambda: _words().with_source("why", ""), FULL, "beside"),
    "words-in-two-cells": (lambda: right().own("It", kind="markdown", before="why")
                           .replaced("why", "doubles", kind="markdown"), FULL, "own-cell"),
    "words-nowhere": (lambda: right(why=Handed().cell("why").source), WHY_0, ""),
    "words-merged": (lambda: right(why="It doubles.\n\n## How?\n\nBy hand.").without("more", "how"),
                     FULL, "beside"),
    "words-deleted": (lambda: right().without("why", "how"), WHY_0 | {"how": 0}, "missing"),
    "code-beside": (lambda: _words("f(3)", kind="code"), WHY_0, ""),
    "words-elsewhere": (lambda: _words("Notes on f.", before="t1"), WHY_0, ""),
    "nothing-beside": (lambda: _words(" \n"), WHY_0, ""),
}  # fmt: skip

CASES = {**OWN_CELLS, **NO_NAMES, **OWN_WORDS}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, dict[str, Report]]:
    course = write_course(tmp_path_factory.mktemp("mini"))
    for student, (make, _, _) in CASES.items():
        made = make()
        path = course.submitted_dir / student / NAME / "p1.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(made.notebook if isinstance(made, Handed) else made))
    outcomes = grade_class(course, find_submissions(course), processes=2)
    assert not [outcome.failure for outcome in outcomes if outcome.report is None]
    reports = {outcome.submission.student: outcome.report for outcome in outcomes}
    return course, {student: report for student, report in reports.items() if report is not None}


@pytest.mark.parametrize("student", CASES)
def test_what_a_student_wrote_counts_or_waits_for_a_person(student: str, marked) -> None:
    _, reports = marked
    _, expected, kind = CASES[student]
    report = reports[student]
    assert {task.id: task.points for task in report.tasks} == expected, report.problems
    if kind:
        assert kind in [problem.kind for problem in report.problems]
    else:
        assert not {"own-cell", "beside"} & {problem.kind for problem in report.problems}


def test_the_gradebook_asks_a_person_to_look_where_the_report_waits(marked) -> None:
    course, reports = marked
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        for submission in gradebook.assignment_submissions(NAME):
            (notebook,) = submission.notebooks
            waits = {grade.name for grade in notebook.grades if grade.needs_manual_grade}
            tasks = reports[submission.student.id].tasks
            assert waits == {task.cell for task in tasks if task.points is None}
            silent = {each.name for each in notebook.comments if each.auto_comment}
            assert not waits & silent


@pytest.mark.parametrize("student", ["other", "words-in-the-question", "in-a-test-cell"])
def test_whatever_a_student_wrote_is_shown(student: str, marked) -> None:
    course, _ = marked
    shown = (course.autograded_dir / student / NAME / "p1.ipynb").read_text()
    wanted = {"other": "z = 1 / 0", "words-in-the-question": "It doubles.", "in-a-test-cell": F}
    assert json.dumps(wanted[student])[1:-1] in shown


def test_a_task_that_waits_says_why(marked) -> None:
    _, reports = marked
    assert "cell 13" in reports["words-below"].task("why").note


# Without marking

COURSE = load_course(REPOSITORY)
DOUBLE = "def double(x):\n    return x + x"


def source_of(spliced: Spliced, name: str) -> str:
    return next(cell.source for cell in spliced.cells if cell.grade_id == name)


def test_an_answer_is_not_taken_for_a_later_one_that_defines_the_same_name(
    tiny_released: NotebookNode,
) -> None:
    again = copy.deepcopy(named(tiny_released, "double"))
    again.id = "again"
    again.metadata.nbgrader.grade_id = "again"
    tiny_released.cells.insert(8, again)
    handed_in = with_sources(tiny_released, {"double": DOUBLE})
    handed_in.cells.insert(0, new_code_cell(DOUBLE))
    spliced = splice(tiny_released, handed_in)
    assert "NotImplementedError" in source_of(spliced, "again")
    assert spliced.problems == []


def test_two_answers_without_names_that_define_the_same_stay_in_order(
    tiny_released: NotebookNode,
) -> None:
    again = copy.deepcopy(named(tiny_released, "double"))
    again.id = "again"
    again.metadata.nbgrader.grade_id = "again"
    tiny_released.cells.insert(3, again)
    answers = {"double": DOUBLE, "again": f"{DOUBLE}  # again"}
    handed_in = with_sources(tiny_released, answers)
    for number, given in enumerate(handed_in.cells):
        given.id, given.metadata = f"other-{number}", NotebookNode()
    spliced = splice(tiny_released, handed_in)
    assert {name: source_of(spliced, name) for name in answers} == answers
    assert [problem.kind for problem in spliced.problems] == ["metadata"]


@pytest.mark.parametrize("name", COURSE.names)
@pytest.mark.parametrize("at_the_end", [False, True])
def test_every_handout_is_known_without_names_or_with_its_answers_at_the_end(
    name: str, at_the_end: bool
) -> None:
    released = read_built(COURSE.release_dir(name) / f"{name}.ipynb")
    answers = answers_of(read_built(COURSE.solution_dir(name) / f"{name}.ipynb"))
    handed_in = with_sources(released, answers)
    own = [cell for cell in handed_in.cells if role_of(cell) == "solution"]
    if at_the_end:
        handed_in.cells = [cell for cell in handed_in.cells if cell not in own] + own
    for number, given in enumerate(own if at_the_end else handed_in.cells):
        given.id, given.metadata = f"other-{number}", NotebookNode()
    spliced = splice(released, handed_in)
    assert {answer: source_of(spliced, answer) for answer in answers} == answers
    assert all(problem.costs_nothing for problem in spliced.problems)


def test_thousands_of_cells_are_matched_in_seconds(tiny_released: NotebookNode) -> None:
    locked = named(tiny_released, "setup").source
    sources = [DOUBLE, "YOUR ANSWER HERE", "x = " * 100, locked, f"{locked} #"]
    cells = [
        (new_code_cell if number % 2 else new_markdown_cell)(sources[number % 5])
        for number in range(5000)
    ]
    start = time.process_time()
    spliced = splice(tiny_released, NotebookNode(cells=cells, metadata={}))
    assert time.process_time() - start < 5
    assert spliced.recognised
