"""A scratch course with a class made of right answers and mistakes, for `autograder demo`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import chain, cycle, islice, zip_longest
from pathlib import Path

import yaml
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.course import Course, load_course
from autograder.course.load import FILE_NAME
from autograder.errors import CourseError
from autograder.notebook import notebook_bytes, read_built, with_sources
from autograder.notebook.accepts import accept_files, read_accept
from autograder.notebook.answers import answers_of
from autograder.notebook.mistakes import Mistake, read_mistakes

_COPIED = ("course.yml", "course.schema.json", "nbgrader_config.py")
HANGS = "never ends"  # the story of a student whom a benchmark leaves out
_CELL_SECONDS = 3.0  # a cell's limit: nobody waits long for that student
_MARK = ".autograder-demo"
_NAMES = (
    "ada", "alan", "barbara", "claude", "dorothy", "edsger", "frances", "grace", "hedy", "ivan",
    "joan", "katherine", "leslie", "mary", "niklaus", "ole", "peter", "radia", "shafi", "tony",
)  # fmt: skip


def make_demo(
    course: Course, folder: Path, students: int, name: str | None = None
) -> tuple[Course, dict[str, str]]:
    """Copy `course` to `folder` and hand in a notebook for each of `students` made-up students.

    They hand in the assignment `name`, by default the first that has checks. Returns the copy,
    and each student's story by name. Raises CourseError where `folder` exists and was not made
    by a demo, there is no such assignment, or none with checks.
    """
    name = name or next((each for each in course.names if not course.is_plain(each)), None)
    if name is None or course.is_plain(name):
        raise CourseError(
            f"{name or course.id} has no right and wrong answers that students could be made of"
        )
    if folder.exists():
        if not (folder / _MARK).exists():
            raise CourseError(f"{folder} exists and is not an old demo: choose another with --into")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / _MARK).touch()
    for part in (*_COPIED, course.folders.release, course.folders.source):
        source = course.root / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, folder / part)
    scratch = _impatient(folder / FILE_NAME, name)
    stories = {}
    for student, story, notebook in islice(_students(scratch, name), students):
        stories[student] = story
        target = scratch.submitted_dir / student / name
        target.mkdir(parents=True)
        (target / f"{name}.ipynb").write_bytes(notebook_bytes(notebook))
    return scratch, stories


def _impatient(path: Path, name: str) -> Course:
    """Return the course of `path`, in which no cell of assignment `name` may run for long."""
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    usual = load_course(path).limits_for(name).cell_seconds
    (assignment,) = (each for each in settings["assignments"] if each["name"] == name)
    impatient = {"cell_seconds": min(usual, _CELL_SECONDS)}
    assignment["limits"] = {**(assignment.get("limits") or {}), **impatient}
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return load_course(path)


def _students(course: Course, name: str) -> Iterator[tuple[str, str, NotebookNode]]:
    """Yield made-up students: a name, a story, a notebook.

    One is perfect, one empty, one crashes and one hangs; then come right and wrong ones.
    """
    starter = read_built(course.release_dir(name) / f"{name}.ipynb")
    solution = read_built(course.solution_dir(name) / f"{name}.ipynb")
    full = with_sources(starter, answers_of(solution))
    folder = course.solution_dir(name)
    accepts = [read_accept(path) for path in accept_files(folder)]
    right = [(f"accept/{accept.name}", accept.cells) for accept in accepts]
    mistakes = _mixed(read_mistakes(folder, solution))
    wrong = [(f"mistake/{mistake.name}", mistake.cells) for mistake in mistakes]
    stories = chain(
        [
            ("everything right", full),
            ("nothing answered", starter),
            ("crashes half way", _with_cell(full, "import os\nos._exit(1)")),
            (HANGS, _with_cell(full, "while True:\n    pass")),
        ],
        (
            (made[0], with_sources(full, made[1]))
            for pair in zip_longest(wrong, right)
            for made in pair
            if made is not None
        ),
    )
    for number, (story, notebook) in enumerate(cycle(list(stories))):
        again = number // len(_NAMES)
        yield _NAMES[number % len(_NAMES)] + (str(again + 1) if again else ""), story, notebook


def _mixed(mistakes: list[Mistake]) -> list[Mistake]:
    """Return the mistakes of one task after another, so that a small class shows many kinds."""
    by_task: dict[str, list[Mistake]] = {}
    for mistake in mistakes:
        by_task.setdefault(min(mistake.fails), []).append(mistake)
    rounds = zip_longest(*by_task.values())
    return [mistake for each in rounds for mistake in each if mistake is not None]


def _with_cell(notebook: NotebookNode, source: str) -> NotebookNode:
    """Return the notebook with a student's own cell in the middle."""
    changed = with_sources(notebook, {})
    changed.cells.insert(len(changed.cells) // 2, new_code_cell(source))
    return changed
