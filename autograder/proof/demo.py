"""A scratch course with a class made of the variants: what `autograder demo` marks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, cycle, islice, zip_longest
from pathlib import Path

import yaml
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.course import Course, load_course
from autograder.course.load import FILE_NAME
from autograder.errors import CourseError
from autograder.notebook import notebook_bytes, with_sources
from autograder.proof.validate import Case, cases

_COPIED = ("course.yml", "course.schema.json", "nbgrader_config.py")
HANGS = "never ends"  # the story of a student whom a benchmark leaves out
_CELL_SECONDS = 4.0  # a cell's limit on a quiet machine: nobody waits long for that student
_MARK = ".autograder-demo"
_NAMES = (
    "ada", "alan", "barbara", "claude", "dorothy", "edsger", "frances", "grace", "hedy", "ivan",
    "joan", "katherine", "leslie", "mary", "niklaus", "ole", "peter", "radia", "shafi", "tony",
)  # fmt: skip


@dataclass(frozen=True)
class Pupil:
    """One student of the demo: a name, what is told about them, and their notebook."""

    name: str
    story: str
    notebook: NotebookNode


def make_demo(
    course: Course, folder: Path, students: int, name: str | None = None
) -> tuple[Course, dict[str, str]]:
    """Copy `course` to `folder` and hand in a notebook for each of `students` made-up students.

    Args:
        course: the course to copy.
        folder: where the copy goes.
        students: how many there are.
        name: the assignment they hand in; the first that has checks when left out.

    Returns:
        The scratch course, and each student's story by name.

    Raises:
        CourseError: `folder` exists and was not made by a demo, there is no such assignment,
            or none whose variants students could be made of.
    """
    name = name or next((each for each in course.names if not course.is_plain(each)), None)
    if name is None or course.is_plain(name):
        raise CourseError(f"{name or course.id} has no variants that students could be made of")
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
    for pupil in islice(_pupils(scratch, name), students):
        stories[pupil.name] = pupil.story
        target = scratch.submitted_dir / pupil.name / name
        target.mkdir(parents=True)
        (target / f"{name}.ipynb").write_bytes(notebook_bytes(pupil.notebook))
    return scratch, stories


def _impatient(path: Path, name: str) -> Course:
    """The course of `path`, in which no cell of assignment `name` may run for long."""
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    usual = load_course(path).limits_for(name).cell_seconds
    # On a busy machine an honest cell takes longer, too.
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    (assignment,) = (each for each in settings["assignments"] if each["name"] == name)
    limits = {
        **(assignment.get("limits") or {}),
        "cell_seconds": min(usual, round(busy * _CELL_SECONDS)),
    }
    assignment["limits"] = limits
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return load_course(path)


def _pupils(course: Course, name: str) -> Iterator[Pupil]:
    """A perfect, an empty, a crashing and a hanging student, then right and wrong variants."""
    every = {case.name: case for case in cases(course, name)}
    full = every["reference"].notebook
    variants = [case for case in every.values() if "/" in case.name]
    accepted = [case for case in variants if case.name.startswith("accept/")]
    rejected = _mixed([case for case in variants if case.name.startswith("reject/")])
    stories = chain(
        [
            ("everything right", full),
            ("nothing answered", every["starter"].notebook),
            ("crashes half way", _with_cell(full, "import os\nos._exit(1)")),
            (HANGS, _with_cell(full, "while True:\n    pass")),
        ],
        (
            (case.name, case.notebook)
            for pair in zip_longest(rejected, accepted)
            for case in pair
            if case is not None
        ),
    )
    for number, (story, notebook) in enumerate(cycle(list(stories))):
        again = number // len(_NAMES)
        yield Pupil(
            _NAMES[number % len(_NAMES)] + (str(again + 1) if again else ""), story, notebook
        )


def _mixed(rejected: list[Case]) -> list[Case]:
    """Wrong solutions of one task after another, so that a small class shows many kinds."""
    by_task: dict[str, list[Case]] = {}
    for case in rejected:
        by_task.setdefault(min(case.fails), []).append(case)
    rounds = zip_longest(*by_task.values())
    return [case for each in rounds for case in each if case is not None]


def _with_cell(notebook: NotebookNode, source: str) -> NotebookNode:
    """The notebook with a student's own cell in the middle."""
    changed = with_sources(notebook, {})
    changed.cells.insert(len(changed.cells) // 2, new_code_cell(source))
    return changed
