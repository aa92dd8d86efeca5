"""The sentences that students read about their notebook: what happened, what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nbformat import NotebookNode

from autograder.notebook.tasks import Problem, Role, grade_id_of, nbgrader_of, role_of

_SHOWN = 6


def harmless(cell: str | None, kind: str, text: str) -> Problem:
    """Return a problem that costs nothing, and says so."""
    return Problem(cell, kind, f"{text} This costs nothing.", costs_nothing=True)


def label(number: int | None, grade_id: str | None) -> str:
    """Return how messages name a cell: its place in the student's notebook and its name."""
    if number is None:
        return f"cell {grade_id}"
    return f"cell {number} ({grade_id})" if grade_id else f"cell {number}"


def restored(number: int | None, name: str, task: str | None, what: str) -> Problem:
    """Return the problem of a locked cell that was changed or deleted."""
    text = f"the {_locked(name, task)} was {what}; we put the original back."
    return harmless(label(number, name), "restored", text)


def missing(name: str, task: str | None, role: Role) -> Problem:
    """Return the problem of an answer cell that is not there."""
    cost = (
        "it counts as not answered"
        if role == "manual"
        else f"the task counts as if `{name}` had not been written"
    )
    return Problem(
        label(None, name),
        "missing",
        f"the {_answer(name, task)} is not in your notebook; we put the empty one back, "
        f"and {cost}.",
    )


def duplicate(number: int, name: str, count: int) -> Problem:
    """Return the problem of an answer cell that is there several times."""
    return harmless(
        label(number, name),
        "duplicate",
        f"the answer cell `{name}` is in your notebook {count} times; the last one that you "
        "wrote in counts, your other versions run before it.",
    )


def duplicate_locked(number: int, name: str, task: str | None) -> Problem:
    """Return the problem of a locked cell that is there several times."""
    return harmless(
        label(number, name),
        "duplicate",
        f"the {_locked(name, task)} is in your notebook more than once; we used the original, "
        "and kept the copies that you changed as cells of your own.",
    )


def renamed(found: str, expected: str) -> Problem:
    """Return the problem of the only notebook of a folder, which has another name."""
    text = f"the file is called {found}; {expected} was expected. It was marked all the same."
    return harmless(None, "name", text)


def not_there(expected: str, there: Sequence[str] = (), *, waits: bool = False) -> Problem:
    """Return the problem of a notebook that is missing where these files are there."""
    text = f"no notebook was handed in: {expected} was expected"
    if len(there) > 1 and waits:
        text += f", and which of {_files(there)} is meant is not clear"
    elif there:
        text += f", and there is {_files(there)}"
    if waits:
        text += f". A person has to look at that; hand in {expected}, and it is marked."
    return Problem(None, "missing", text)


def spare(others: Sequence[str], *, clear: bool) -> Problem:
    """Return the problem of notebooks beside those that count."""
    if clear:
        text = f"not part of this assignment, and not marked: {_files(others)}."
        return harmless(None, "extra", text)
    return Problem(
        None,
        "extra",
        f"the notebook of this assignment holds no answer, and there is {_files(others)} as well: "
        "a person has to say which counts.",
    )


def cell_type(number: int, name: str, task: str | None, wanted: str, found: str) -> Problem:
    """Return the problem of an answer whose cell was given another type."""
    return harmless(
        label(number, name),
        "cell-type",
        f"the {_answer(name, task)} was turned from a {wanted} cell into a {found} cell; we "
        "turned it back.",
    )


def order(names: Sequence[str]) -> Problem:
    """Return the problem of cells that were moved."""
    return harmless(
        label(None, names[0]),
        "order",
        "cells were in another order than in the assignment; we put back in place: "
        f"{_listed(names)}.",
    )


def marks_lost(found: Sequence[tuple[int, str]]) -> Problem:
    """Return the problem of cells, by number and name, whose nbgrader metadata is gone."""
    number, name = found[0]
    text = (
        f"the hidden mark that names the cell `{name}` was lost, perhaps in another editor; we "
        "recognised the cell all the same."
    )
    if len(found) > 1:
        text = (
            f"the hidden marks that name the cells {_listed(each for _, each in found)} were lost, "
            "perhaps in another editor; we recognised the cells all the same."
        )
    return harmless(label(number, name), "metadata", text)


def taken_for_answer(number: int, name: str) -> Problem:
    """Return the problem of a cell of the student's own in the place of an answer cell."""
    return harmless(
        label(number, name),
        "own-cell",
        f"the answer cell `{name}` is not in your notebook; we took cell {number}, which stands "
        "in its place, for your answer.",
    )


def defined_elsewhere(
    name: str, task: str | None, there: bool, number: int, names: Sequence[str]
) -> Problem:
    """Return the problem of an answer that a cell of the student's own gives."""
    what = "is as you got it" if there else "is not in your notebook"
    return harmless(
        label(None, name),
        "own-cell",
        f"the {_answer(name, task)} {what}; cell {number} defines {_listed(names)}, and counts.",
    )


def looked_at(name: str, task: str | None, role: Role, where: str) -> Problem:
    """Return the problem of an answer that may stand in other cells, named by `where`."""
    unless = "" if role == "manual" else ", unless the task has all its points"
    return harmless(
        label(None, name),
        "beside",
        f"we found no answer in the {_answer(name, task)}, but {where} may hold it; a person "
        f"will look at it{unless}.",
    )


def unsure() -> Problem:
    """Return the problem of a notebook that is like the assignment's in what it defines alone."""
    return Problem(
        None,
        "unsure",
        "only what your cells define says that this is the notebook of this assignment: every task "
        "without all its points waits for a person. If it is the wrong one, please hand in the "
        "right notebook.",
    )


def cells(numbers: Iterable[int]) -> str:
    """Return how messages name cells by their numbers."""
    known = [str(number) for number in numbers]
    more = ", …" if len(known) > _SHOWN else ""
    return ("cell " if len(known) == 1 else "cells ") + ", ".join(known[:_SHOWN]) + more


def foreign(released: NotebookNode, submission: NotebookNode) -> Problem:
    """Return the problem of a notebook that belongs to something else."""
    wanted = [
        str(grade_id_of(cell))
        for cell in released.cells
        if role_of(cell) in ("solution", "test", "manual")
    ]
    names = (nbgrader_of(cell).get("grade_id") for cell in submission.cells)
    found = [name for name in names if isinstance(name, str)]
    title = _title(submission)
    seen = f"Its cells are {_listed(found)}" if found else "None of its cells has a name"
    return Problem(
        None,
        "foreign",
        "this does not seem to be the notebook of this assignment: it has none of the cells "
        f"{_listed(wanted)}. {seen}{f', its title is “{title}”' if title else ''}. "
        "It was not marked and waits for a person. If it is the wrong one, please hand in the "
        "right notebook.",
    )


def _locked(name: str, task: str | None) -> str:
    return f"test cell of task `{task}`" if task else f"locked cell `{name}`"


def _answer(name: str, task: str | None) -> str:
    return f"answer cell `{name}`" + (f" of task `{task}`" if task and task != name else "")


def _listed(names: Iterable[str]) -> str:
    names = [name[:40] for name in dict.fromkeys(names)]
    return ", ".join(f"`{name}`" for name in names[:_SHOWN]) + (", …" if names[_SHOWN:] else "")


def _files(names: Sequence[str]) -> str:
    return ", ".join(name[:80] for name in names[:_SHOWN]) + (", …" if names[_SHOWN:] else "")


def _title(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else ():
            if line.startswith("#") and line.strip("# "):
                return str(line.strip("# ")[:60])
    return ""
