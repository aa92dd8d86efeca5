"""`mistakes.toml`: the known mistakes of an assignment, each an edit of the solution's answer.

    [adam.no_bias_correction]
    tells = "Bias correction is missing: the first steps are far too long."
    old = "return m / (1 - beta1**t)"
    new = "return m"

The first name is the task that loses marks, the second one the mistake's own. `old` stands
exactly once in the solution's answer to that task, and `new` takes its place. Several edits
are `edits = [["old", "new"], ...]`; where little stays, `cells.<grade_id> = '''...'''` replaces
a cell whole.

`tells` is the sentence for a student with the same answers, `"nothing"` where nothing can be
said. Answers with fewer than three wrong numbers (a truth value, zeros, NaN) have many causes:
the sentence is told of them only with `sure = true`, where it holds for all that answer so.
Where a check names the mistake itself, in a single number, `says` is a phrase of its message,
in place of `tells`. `fails = [...]` names the tasks that lose marks where they are others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.errors import BuildError
from autograder.notebook.answers import answers_of
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
    for mistake in each_mistake(folder, solution):
        if isinstance(mistake, BuildError):
            raise mistake
        found.append(mistake)
    return found


def each_mistake(folder: Path, solution: NotebookNode) -> Iterator[Mistake | BuildError]:
    """Yield the same one by one, in the order of the file; of what does not fit, the error."""
    path = folder / FILE
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield BuildError(f"{path}: {error}")
        return
    reader = _Reader(path, text, solution)
    for task, entries in content.items():
        for name, entry in entries.items() if isinstance(entries, dict) else ((None, None),):
            try:
                yield reader.mistake(task, name, entry)
            except BuildError as error:
                yield error


class _Reader:
    """Makes mistakes out of the entries of one file."""

    def __init__(self, path: Path, text: str, solution: NotebookNode) -> None:
        self._path = path
        self._lines = text.split("\n")
        self._answers = answers_of(solution)
        self._tasks = {
            task.id: task.solution_cells for task in tasks_of(solution) if task.kind != "manual"
        }

    def mistake(self, task: str, name: str | None, entry: Any) -> Mistake:
        where = self._where(task, name)
        if name is None or not isinstance(entry, dict):
            raise BuildError(f"{where}: a mistake stands below [task.name], as in [{task}.my_name]")
        if task not in self._tasks:
            raise BuildError(f"{where}: no task is called {task} (tasks: {', '.join(self._tasks)})")
        if unknown := sorted(set(entry) - _KEYS):
            known = ", ".join(sorted(_KEYS))
            raise BuildError(f"{where}: {unknown[0]} means nothing here (known: {known})")
        tells, says = (self._text(where, entry, key) for key in ("tells", "says"))
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

    def _where(self, task: str, name: str | None) -> str:
        header = re.compile(rf"\s*\[\s*{_key(task)}\s*" + (rf"\.\s*{_key(name)}" if name else ""))
        number = next((n for n, line in enumerate(self._lines, 1) if header.match(line)), 1)
        return f"{self._path}, line {number} ({task}{'.' + name if name else ''})"

    def _text(self, where: str, entry: Mapping[str, Any], key: str) -> str:
        text = entry.get(key, "")
        if not isinstance(text, str):
            raise BuildError(f"{where}: `{key}` must be a text")
        return " ".join(text.split())

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
        for old, new in self._edits(where, entry):
            sources = {cell: changed.get(cell, self._answers[cell]) for cell in self._tasks[task]}
            cell = self._holder(where, task, sources, old)
            changed[cell] = f"{sources[cell]}\n".replace(old, new).rstrip("\n")
        if all(source == self._answers[cell] for cell, source in changed.items()):
            raise BuildError(f"{where}: nothing is changed: give `old` and `new`, or `cells`")
        return changed

    def _edits(self, where: str, entry: Mapping[str, Any]) -> list[tuple[str, str]]:
        edits = entry.get("edits", [])
        if ("old" in entry) != ("new" in entry):
            raise BuildError(f"{where}: `old` and `new` go together")
        if "old" in entry:
            edits = [[entry["old"], entry["new"]]]
        pairs = []
        for edit in edits if isinstance(edits, list) else [edits]:
            if not (isinstance(edit, list) and [type(text) for text in edit] == [str, str]):
                raise BuildError(f"{where}: an edit is two texts, old and new; got {edit!r}")
            if not edit[0].strip():
                raise BuildError(f"{where}: the old text of an edit is empty")
            pairs.append((edit[0], edit[1]))
        return pairs

    def _holder(self, where: str, task: str, sources: Mapping[str, str], old: str) -> str:
        """Return the cell that has the text `old`, once."""
        counts = {cell: f"{source}\n".count(old) for cell, source in sources.items()}
        if sum(counts.values()) != 1:
            found = sum(counts.values())
            first = old.strip().split("\n")[0]
            how = "is not in" if not found else f"is {found} times in"
            hint = "has the master changed?" if not found else "take more of the text around it"
            raise BuildError(f"{where}: the old text `{first}` {how} the answer to {task}: {hint}")
        return next(cell for cell, count in counts.items() if count)


def _key(name: str) -> str:
    """Return a pattern for a TOML key, bare or in quotes."""
    return rf"[\"']?{re.escape(name)}[\"']?"
