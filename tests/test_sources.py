"""docs/sources.md speaks of tasks that exist, of all of them, and of every set of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring.master import read_master
from autograder.course import load_course
from autograder.notebook import tasks_of

ROOT = Path(__file__).resolve().parent.parent
COURSE = load_course(ROOT)
PAGE = ROOT / "docs" / "sources.md"
TEXT = PAGE.read_text(encoding="utf-8")
NOTES = ["000", "001", "002", "003", "004"]
NOT_YET = "not yet"
_TASKS = re.compile(r"`([\w-]+): ([\w-]+)`")


def table(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, its own head left out."""
    (section,) = re.findall(rf"^#+ {heading}\n(.*?)(?=^#|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[2:]]


TOPICS = {notes: table(f"Topics of notes {notes}") for notes in NOTES}
ERRATA = {notes: table(f"Errata of notes {notes}") for notes in NOTES}


def named(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield from _TASKS.findall(row[-1])


@pytest.fixture(scope="module")
def tasks() -> set[tuple[str, str]]:
    """Every task of the course, as the masters have it."""
    return {
        (name, task.id)
        for name in COURSE.names
        if not COURSE.is_plain(name)
        for task in tasks_of(read_master(COURSE.solution_dir(name) / f"{name}.py").notebook)
        if task.kind != "manual"
    }


@pytest.mark.parametrize("notes", NOTES)
def test_every_row_is_whole(notes: str) -> None:
    for row in TOPICS[notes]:
        assert len(row) == 3, row
    for row in ERRATA[notes]:
        assert len(row) == 5, row
    for *cells, last in (*TOPICS[notes], *ERRATA[notes]):
        assert all(cells), cells
        assert last == NOT_YET or re.fullmatch(rf"{_TASKS.pattern}(, {_TASKS.pattern})*", last)


@pytest.mark.parametrize("notes", NOTES)
def test_errata_are_numbered_and_topics_said_once(notes: str) -> None:
    numbers = [row[0].strip("*") for row in ERRATA[notes]]
    assert numbers == [f"{notes}.{number}" for number in range(1, len(numbers) + 1)]
    topics = [tuple(row[:2]) for row in TOPICS[notes]]
    assert len(set(topics)) == len(topics)


def test_every_task_that_is_named_exists(tasks: set[tuple[str, str]]) -> None:
    rows = [row for each in (*TOPICS.values(), *ERRATA.values()) for row in each]
    assert set(named(rows)) <= tasks


def test_every_task_teaches_a_topic(tasks: set[tuple[str, str]]) -> None:
    assert tasks <= set(named([row for rows in TOPICS.values() for row in rows]))


def test_every_set_of_notes_that_an_assignment_reads_is_here() -> None:
    for name in COURSE.names:
        if not COURSE.is_plain(name):
            master = (COURSE.solution_dir(name) / f"{name}.py").read_text(encoding="utf-8")
            assert set(re.findall(r"[Nn]otes\s+(?:# )?(\d{3})", master)) <= set(NOTES)


def test_where_a_notebook_corrects_notes_the_page_has_the_task() -> None:
    """`(Notes 001 print ...)` in a task: one of the errata of these notes is shown by it."""
    for name in COURSE.names:
        if COURSE.is_plain(name):
            continue
        notebook = read_master(COURSE.solution_dir(name) / f"{name}.py").notebook
        told = ""
        for cell in notebook.cells:
            found = re.match(r"about-(.+)", cell.metadata.get("nbgrader", {}).get("grade_id", ""))
            told = found[1] if found else told
            text = " ".join(cell.source.split())
            for notes in re.findall(r"[Nn]otes (\d{3})[^.]* print", text):
                here = {task for each, task in named(ERRATA[notes]) if each == name}
                # What is said before the first task, in the notation, may be shown by any.
                assert told in here if told else here, (name, told, notes)
