"""Everything that an assignment is tried on: the reference, the starter, its variants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nbformat import NotebookNode

from autograder.authoring.answers import answers_of
from autograder.course import Course
from autograder.errors import AutograderError, BuildError, CourseError
from autograder.grading.sheets import Sheet, read_sheets
from autograder.notebook import Task, notebook_bytes, tasks_of, with_sources
from autograder.notebook.variants import Kind, Variant, read_variant, variant_files
from autograder.proof.verdicts import Case


def cases(course: Course, name: str) -> list[Case]:
    """Everything that marking `name` is tried on: reference, starter, single tasks, variants.

    Raises:
        CourseError: it is not built, or a plain nbgrader assignment.
        BuildError: a variant is not in its form; the message names the file.
    """
    if course.is_plain(name):
        raise CourseError(f"{name} is a plain nbgrader assignment: it has no checks to prove")
    found = []
    for _, made in each_case(course, name):
        if isinstance(made, AutograderError):
            raise made
        found.append(made)
    return found


def each_case(course: Course, name: str) -> Iterator[tuple[str, Case | AutograderError]]:
    """The same one by one, with the name of each; in place of a broken variant, its error.

    Of each task the first wrong answer is marked among all other answers, so that no other
    task may suffer from it. What comes after it is marked for its task alone: the rest of the
    notebook is most of the work, and would be the same each time.
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
    as_a_whole: set[str] = set()
    for kind, path in variant_files(course.solution_dir(name)):
        label = f"{kind}/{path.stem}"
        try:
            case, variant = _variant_case(path, kind, full, every, sources)
            concerned = _only_task(variant, by_machine)
            if concerned is not None and concerned.id in as_a_whole:
                part = replace(sheet, released=case.notebook).only(concerned.test_cell)
                case = replace(case, alone=(concerned.id, part.released))
            elif concerned is not None:
                as_a_whole.add(concerned.id)
            yield label, case
        except (AutograderError, OSError, ValueError) as error:
            where = "" if str(path) in str(error) else f"{path}: "
            yield label, BuildError(f"{where}{error}")


def plain_cases(course: Course, name: str, scratch: Path) -> Iterator[tuple[str, Case]]:
    """Of a plain nbgrader assignment the solution and what students get, written to `scratch`."""
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
            notebook = _plain_answers(sheet) if label == "reference" else sheet.released
            (folder / f"{sheet.name}.ipynb").write_bytes(notebook_bytes(notebook))
        case = Case(label, sheets[0].released, every, fails=zero, zero=zero, folder=folder)
        yield label, case


def _plain_answers(sheet: Sheet) -> NotebookNode:
    return with_sources(sheet.released, answers_of(sheet.solution))


def _variant_case(
    path: Path,
    kind: Kind,
    full: NotebookNode,
    marked: frozenset[str],
    answers: dict[str, str],
) -> tuple[Case, Variant]:
    variant = read_variant(path, kind)
    if variant.fails - marked:
        raise BuildError(
            f"fails names {sorted(variant.fails - marked)}, but the tasks are {sorted(marked)}"
        )
    notebook = with_sources(full, variant.cells)
    locked = [cell for cell in variant.cells if cell not in answers]
    if locked:
        raise BuildError(
            f"`# %% {locked[0]}` replaces a cell that is no answer: marking puts it back"
        )
    name = f"{kind}/{variant.name}"
    return Case(name, notebook, marked, fails=variant.fails, says=variant.says), variant


def _only_task(variant: Variant, tasks: Sequence[Task]) -> Task | None:
    """The one task that a wrong answer fails and whose cells it replaces, if there is one."""
    answered = {cell: task for task in tasks for cell in task.solution_cells}
    (first, *others) = {answered.get(cell) for cell in variant.cells}
    alone = first is not None and not others and variant.fails == {first.id}
    return first if alone else None
