"""`equivalent.toml`: mutants that no check can notice, each an edit of the solution's answer.

    [[mlp]]
    why = "The contract promises two lists of the same length."
    old = "zip(weights, biases, strict=True)"
    new = "zip(weights, biases, strict=False)"

The name is the cell's. Where one reason is that of several mutants, each is one of the `edits`;
`notebook/edits.py` says what an edit is. With `accept = "loops"` they are edits of that accept, and
with `both = true` two edits are one mutant that has both mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.errors import BuildError
from autograder.notebook import load_notebook
from autograder.notebook.accepts import FOLDER, read_accept
from autograder.notebook.answers import answers_of
from autograder.notebook.edits import EditFile, edited, edits_of, refuse_unknown, text_of
from autograder.proof.mutants.edits import meaning_of
from autograder.proof.mutants.make import Mutant, answers
from autograder.proof.mutants.sample import accept_mutants, pair_id

FILE = "equivalent.toml"
_KEYS = {"why", "old", "new", "edits", "accept", "both"}

# Mutants by their cell and what it means.
_Known = dict[tuple[str, str | None], Mutant]


@dataclass(frozen=True)
class _Record:
    """One record: where it stands, its cell, why no check can notice its edits, and of what."""

    where: str
    cell: str
    why: str
    edits: list[tuple[str, str]]
    accept: str
    both: bool


def equivalents(course: Course, name: str, made: Sequence[Mutant]) -> dict[str, str]:
    """Return why the recorded mutants are equivalent, by the mutants' ids.

    Raises:
        BuildError: the file is malformed, or an edit makes none of the mutants `made`,
            because the code it speaks of has changed; the message names the file and the line.
    """
    folder = course.solution_dir(name)
    if not (folder / FILE).exists():
        return {}
    ours = answers_of(load_notebook(folder / f"{name}.ipynb"))
    proofs: dict[str, str] = {}
    by_meaning = _by_meaning(made)
    for record in _records(folder / FILE):
        text, known, what = ours.get(record.cell), by_meaning, "the answer"
        if record.accept:
            text, known = _of_accept(course, name, record)
            what = f"accept/{record.accept}.py"
        if text is None:
            raise BuildError(f"{record.where}: no answer is in a cell called {record.cell}")
        found = [_mutant(record, f"{what} in {record.cell}", text, e, known) for e in record.edits]
        ids = [pair_id(*found)] if record.both else [mutant.id for mutant in found]
        for identity, edit in zip(ids, record.edits, strict=False):
            if identity in proofs:
                new = _first_line(edit[1])
                raise BuildError(f"{record.where}: the mutant with `{new}` is recorded twice")
            proofs[identity] = record.why
    return proofs


def _by_meaning(made: Sequence[Mutant]) -> _Known:
    return {(mutant.cell, meaning_of(mutant.source)): mutant for mutant in made}


def _of_accept(course: Course, name: str, record: _Record) -> tuple[str | None, _Known]:
    """Return an accept's text of the record's cell, and the mutants of it."""
    path = course.solution_dir(name) / FOLDER / f"{record.accept}.py"
    if not path.is_file():
        raise BuildError(f"{record.where}: there is no {path}")
    made = accept_mutants(answers(course, name), path, [record.cell])
    return read_accept(path).cells.get(record.cell), _by_meaning(made)


def _mutant(record: _Record, what: str, text: str, edit: tuple[str, str], known: _Known) -> Mutant:
    """Return the mutant that an edit of the text makes."""
    _, source = edited(record.where, what, {record.cell: text}, edit)
    mutant = known.get((record.cell, meaning_of(source)))
    if mutant is not None:
        return mutant
    raise BuildError(
        f"{record.where}: no mutant (any more) has the new text `{_first_line(edit[1])}`. If the "
        "code it speaks of has changed, remove the edit, and look at what survives now"
    )


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0]


def _records(path: Path) -> Iterator[_Record]:
    """Yield every record of a file."""
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
            both = entry.get("both", False)
            if not isinstance(both, bool) or (both and len(edits) != 2):
                raise BuildError(f"{where}: `both = true` is for two `edits`")
            accept = text_of(where, entry, "accept")
            if both and accept:
                raise BuildError(f"{where}: no mutant of an accept has two mistakes")
            yield _Record(where, cell, why, edits, accept, both)
