"""`equivalent.toml`: mutants that no check can notice, each an edit of the solution's answer.

    [[mlp]]
    why = "The contract promises two lists of the same length."
    old = "zip(weights, biases, strict=True)"
    new = "zip(weights, biases, strict=False)"

The name is the cell's. Where one reason is that of several mutants, each is one of the `edits`;
`notebook/edits.py` says what an edit is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course import Course
from autograder.errors import BuildError
from autograder.notebook import load_notebook
from autograder.notebook.answers import answers_of
from autograder.notebook.edits import EditFile, edited, edits_of, refuse_unknown, text_of
from autograder.proof.mutants.edits import meaning_of
from autograder.proof.mutants.make import Mutant

FILE = "equivalent.toml"
_KEYS = {"why", "old", "new", "edits"}


def equivalents(course: Course, name: str, made: Sequence[Mutant]) -> dict[str, str]:
    """Return why the recorded mutants are equivalent, by the mutants' ids.

    Raises:
        BuildError: the file is malformed, or an edit makes none of the mutants `made`,
            because the code it speaks of has changed; the message names the file and the line.
    """
    folder = course.solution_dir(name)
    if not (folder / FILE).exists():
        return {}
    answers = answers_of(load_notebook(folder / f"{name}.ipynb"))
    ids = {(mutant.cell, meaning_of(mutant.source)): mutant.id for mutant in made}
    proofs: dict[str, str] = {}
    for where, cell, why, edits in _records(folder / FILE):
        if cell not in answers:
            raise BuildError(f"{where}: no answer is in a cell called {cell}")
        for edit in edits:
            _, source = edited(where, f"the answer in {cell}", {cell: answers[cell]}, edit)
            found = ids.get((cell, meaning_of(source)))
            new = edit[1].strip().split("\n")[0]
            if found is None:
                raise BuildError(
                    f"{where}: no mutant (any more) has the new text `{new}`. If the code it "
                    "speaks of has changed, remove the edit, and look at what survives now"
                )
            if found in proofs:
                raise BuildError(f"{where}: the mutant with `{new}` is recorded twice")
            proofs[found] = why
    return proofs


def _records(path: Path) -> Iterator[tuple[str, str, str, list[tuple[str, str]]]]:
    """Yield where each record stands, its cell, why no check can notice, and its edits."""
    file = EditFile(path)
    for cell, entries in file.content.items():
        for number, entry in enumerate(entries if isinstance(entries, list) else [None], 1):
            where = file.where(cell, number=number)
            if not isinstance(entry, dict):
                raise BuildError(f"{where}: a record stands below its cell, as in [[{cell}]]")
            refuse_unknown(where, entry, _KEYS)
            if not (why := text_of(where, entry, "why")):
                raise BuildError(f"{where}: `why` must say in a line why no check can notice")
            if not (edits := edits_of(where, entry)):
                raise BuildError(f"{where}: nothing is changed: give `old` and `new`, or `edits`")
            yield where, cell, why, edits
