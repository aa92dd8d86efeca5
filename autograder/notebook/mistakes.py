"""`mistakes.toml`: the known mistakes of an assignment, each an edit of the solution's answer.

    [adam.no_bias_correction]
    tells = "Bias correction is missing: the first steps are far too long."
    old = "return m / (1 - beta1**t)"
    new = "return m"

The first name is the task that loses marks, the second one the mistake's own. `old` and `new`,
or several `edits`, edit the solution's answer to that task as `notebook/edits.py` says; where
little stays, `cells.<grade_id> = '''...'''` replaces a cell whole.

`tells` is the sentence for a student with the same answers, `"nothing"` where nothing can be
said. Answers with fewer than three wrong numbers (a truth value, zeros, NaN) have many causes:
the sentence is told of them only with `sure = true`, where it holds for all that answer so.
Where a check names the mistake itself, in a single number, `says` is a phrase of its message,
in place of `tells`. `fails = [...]` names the tasks that lose marks where they are others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.errors import BuildError
from autograder.notebook.answers import answers_of
from autograder.notebook.edits import EditFile, edited, edits_of, refuse_unknown, text_of
from autograder.notebook.tasks import tasks_of

FILE = "mistakes.toml"
NOTHING = "nothing"
_KEYS = {"tells", "says", "sure", "fails", "old", "new", "edits", "cells"}


@dataclass(frozen=True)
class Mistake:
    """A known mistake: `cells` hold the answers with the mistake, by grade_id.

    `fails` are the tasks that lose marks by it. `tells` is the sentence for a student with the
    same answers, empty where none is told; `sure` says that it holds for whoever answers so.
    `says` is a phrase of the message of a check that names the mistake itself, or empty.
    """

    name: str
    cells: Mapping[str, str]
    fails: frozenset[str]
    tells: str = ""
    sure: bool = False
    says: str = ""


def read_mistakes(folder: Path, solution: NotebookNode) -> list[Mistake]:
    """Return the known mistakes of the assignment whose solution notebook is given.

    Raises BuildError, naming file and line, where `folder`/mistakes.toml is not in the form above
    or does not fit the solution.
    """
    found = []
    for _, mistake in each_mistake(folder, solution):
        if isinstance(mistake, BuildError):
            raise mistake
        found.append(mistake)
    return found


def each_mistake(
    folder: Path, solution: NotebookNode
) -> Iterator[tuple[str, Mistake | BuildError]]:
    """Yield each known mistake with its name, or the error of one that does not fit."""
    path = folder / FILE
    if not path.exists():
        return
    try:
        file = EditFile(path)
    except BuildError as error:
        yield FILE, error
        return
    reader = _Reader(file, solution)
    for task, entries in file.content.items():
        for name, entry in entries.items() if isinstance(entries, dict) else ((None, None),):
            label = f"{task}.{name}" if name else task
            try:
                yield label, reader.mistake(task, name, entry)
            except BuildError as error:
                yield label, error


class _Reader:
    """Makes mistakes out of the entries of one file."""

    def __init__(self, file: EditFile, solution: NotebookNode) -> None:
        self._file = file
        self._answers = answers_of(solution)
        self._tasks = {
            task.id: task.solution_cells for task in tasks_of(solution) if task.kind != "manual"
        }

    def mistake(self, task: str, name: str | None, entry: Any) -> Mistake:
        where = self._file.where(task, *([name] if name else []))
        if name is None or not isinstance(entry, dict):
            raise BuildError(f"{where}: a mistake stands below [task.name], as in [{task}.my_name]")
        if task not in self._tasks:
            raise BuildError(f"{where}: no task is called {task} (tasks: {', '.join(self._tasks)})")
        refuse_unknown(where, entry, _KEYS)
        tells, says = (text_of(where, entry, key) for key in ("tells", "says"))
        if bool(tells) == bool(says):
            raise BuildError(
                f'{where}: say what a student is told, `tells = "..."` ("{NOTHING}" for nothing), '
                "or with `says` what a check says itself"
            )
        return Mistake(
            f"{task}.{name}",
            self._edited(where, task, entry),
            self._fails(where, task, entry),
            "" if tells == NOTHING else tells,
            bool(entry.get("sure", False)),
            says,
        )

    def _fails(self, where: str, task: str, entry: Mapping[str, Any]) -> frozenset[str]:
        fails = entry.get("fails", [task])
        if not isinstance(fails, list) or not fails or not set(fails) <= set(self._tasks):
            tasks = ", ".join(self._tasks)
            raise BuildError(f"{where}: `fails` is a list of tasks, of {tasks}; got {fails!r}")
        return frozenset(fails)

    def _edited(self, where: str, task: str, entry: Mapping[str, Any]) -> dict[str, str]:
        """Return the cells with the mistake in them."""
        changed = {}
        whole = entry.get("cells", {})
        for cell, source in whole.items() if isinstance(whole, dict) else ():
            if cell not in self._answers:
                raise BuildError(f"{where}: no answer is in a cell called {cell}")
            if not isinstance(source, str):
                raise BuildError(f"{where}: `cells.{cell}` must be a text")
            changed[cell] = source.strip("\n")
        for edit in edits_of(where, entry):
            sources = {cell: changed.get(cell, self._answers[cell]) for cell in self._tasks[task]}
            cell, source = edited(where, f"the answer to {task}", sources, edit)
            changed[cell] = source
        if all(source == self._answers[cell] for cell, source in changed.items()):
            raise BuildError(f"{where}: nothing is changed: give `old` and `new`, or `cells`")
        return changed
