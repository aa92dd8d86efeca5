"""The cases that an assignment is tried on: the reference, the starter, mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Course
from autograder.errors import AutograderError, BuildError
from autograder.grading.sheets import read_sheets
from autograder.notebook import Task, notebook_bytes, tasks_of, with_sources
from autograder.notebook.accepts import accept_files, read_accept
from autograder.notebook.answers import answers_of
from autograder.notebook.mistakes import Mistake, each_mistake
from autograder.proof.verdicts import Case

_CACHES = {"__pycache__", ".ipynb_checkpoints"}


def each_case(course: Course, name: str) -> Iterator[tuple[str, Case | AutograderError]]:
    """Yield the reference, the starter, single tasks, right solutions and known mistakes, by name.

    In place of one that is broken stands its error. Of each task the first mistake is marked
    among all other answers, so that no other task may suffer from it. Those after it are
    marked for their task alone: the rest of the notebook is most of the work, and would be the
    same each time.
    """
    (sheet,) = read_sheets(course, name)
    sources = answers_of(sheet.solution)
    by_machine = [task for task in tasks_of(sheet.released) if task.kind != "manual"]
    full = with_sources(sheet.released, sources)
    every = frozenset(task.id for task in by_machine)
    yield "reference", Case("reference", full, every)
    yield "starter", Case("starter", sheet.released, every, fails=every, zero=every)
    for task in by_machine:
        rest = every - {task.id}
        answers = {cell: sources[cell] for cell in task.solution_cells}
        alone = with_sources(sheet.released, answers)
        yield f"only {task.id}", Case(f"only {task.id}", alone, every, fails=rest, zero=rest)
    for path in accept_files(course.solution_dir(name)):
        label = f"accept/{path.stem}"
        try:
            yield label, Case(label, _answered(full, read_accept(path).cells, sources), every)
        except (AutograderError, OSError, ValueError) as error:
            where = "" if str(path) in str(error) else f"{path}: "
            yield label, BuildError(f"{where}{error}")
    as_a_whole: set[str] = set()
    for own, mistake in each_mistake(course.solution_dir(name), sheet.solution):
        label = f"mistake/{own}"
        if isinstance(mistake, BuildError):
            yield label, mistake
            continue
        notebook = with_sources(full, mistake.cells)
        case = Case(label, notebook, every, fails=mistake.fails, mistake=mistake)
        concerned = _only_task(mistake, by_machine)
        if concerned is not None:
            part = replace(sheet, released=notebook).only(concerned.test_cell)
            whole = concerned.id not in as_a_whole
            case = replace(case, alone=(concerned.id, part.released), whole=whole)
            as_a_whole.add(concerned.id)
        yield label, case


def plain_cases(course: Course, name: str, scratch: Path) -> Iterator[tuple[str, Case]]:
    """Write the solution of a plain nbgrader assignment, and what students get, to `scratch`."""
    sheets = read_sheets(course, name)
    # Whether a test is known by its cell or its task depends on whether there are checks of it.
    every = frozenset(
        task.id
        for sheet in sheets
        for task in (*sheet.tasks(), *sheet.tasks(()))
        if task.kind != "manual"
    )
    for label, zero in (("reference", frozenset[str]()), ("starter", every)):
        folder = scratch / name / label
        folder.mkdir(parents=True)
        for sheet in sheets:
            notebook = sheet.released
            if label == "reference":
                notebook = with_sources(notebook, answers_of(sheet.solution))
            (folder / f"{sheet.name}.ipynb").write_bytes(notebook_bytes(notebook))
        case = Case(label, sheets[0].released, every, fails=zero, zero=zero, folder=folder)
        yield label, case


def files_of(course: Course, name: str) -> Iterator[Path]:
    """Yield every file that an assignment is built, released and marked from."""
    for folder in (course.solution_dir(name), course.release_dir(name)):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not _CACHES & set(path.parts):
                yield path
    if (config := course.root / "nbgrader_config.py").is_file():
        yield config


def stamp(course: Course, name: str) -> list[tuple[str, int, int]]:
    """Return names, times and sizes of those files: others show that one was edited meanwhile."""
    stats = [(str(path), path.lstat()) for path in files_of(course, name)]
    return [(path, found.st_mtime_ns, found.st_size) for path, found in stats]


def _answered(
    full: NotebookNode, cells: Mapping[str, str], answers: Mapping[str, str]
) -> NotebookNode:
    """Return the notebook with other answers in these cells."""
    notebook = with_sources(full, cells)
    locked = [cell for cell in cells if cell not in answers]
    if locked:
        raise BuildError(
            f"`# %% {locked[0]}` replaces a cell that is no answer: marking puts it back"
        )
    return notebook


def _only_task(mistake: Mistake, tasks: Sequence[Task]) -> Task | None:
    """Return the one task that a mistake fails and whose cells it changes, if there is one."""
    answered = {cell: task for task in tasks for cell in task.solution_cells}
    (first, *others) = {answered.get(cell) for cell in mistake.cells}
    alone = first is not None and not others and mistake.fails == {first.id}
    return first if alone else None
