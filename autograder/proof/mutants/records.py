"""`equivalent.toml`: mutants that no check can notice, each with the proof that none can.

    [[equivalent]]
    cell = "mlp"
    change = '''
    -    ... zip(weights, biases, strict=True)
    +    ... zip(weights, biases, strict=False)
    '''
    proof = "The contract promises two lists of the same length."

`change` holds the lines of the mutant's diff that begin with - and +, spaces at the ends of
the text aside. Where a cell has the same change twice, `id = "..."` says which is meant; an
id alone will do, too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.errors import BuildError
from autograder.proof.mutants.make import Mutant

FILE = "equivalent.toml"
_KEYS = {"id", "cell", "change", "proof"}


@dataclass(frozen=True)
class _Record:
    """One entry of the file; `where` names it in messages."""

    where: str
    proof: str
    id: str | None = None
    cell: str | None = None
    change: str | None = None

    def fits(self, mutant: Mutant) -> bool:
        return (
            self.id in (None, mutant.id)
            and self.cell in (None, mutant.cell)
            and self.change in (None, _squeezed(mutant.change))
        )


def equivalents(course: Course, name: str, made: Sequence[Mutant]) -> dict[str, str]:
    """Return the proofs of the mutants recorded as equivalent, by the mutants' ids.

    Raises:
        BuildError: the file is malformed, or a record fits none of the mutants `made`,
            because the code it speaks of has changed, or more than one.
    """
    proofs: dict[str, str] = {}
    for record in _read(course.solution_dir(name) / FILE):
        fitting = [mutant for mutant in made if record.fits(mutant)]
        if not fitting:
            raise BuildError(
                f"{record.where}: there is no such mutant (any more). The code it speaks of has "
                "changed: remove the record, and look at what survives now"
            )
        if len(fitting) > 1:
            ids = ", ".join(mutant.id for mutant in fitting)
            raise BuildError(
                f"{record.where}: this fits {len(fitting)} mutants ({ids}): "
                'say which with `id = "..."`'
            )
        if fitting[0].id in proofs:
            raise BuildError(f"{record.where}: this mutant is recorded twice")
        proofs[fitting[0].id] = record.proof
    return proofs


def _read(path: Path) -> list[_Record]:
    if not path.exists():
        return []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BuildError(f"{path}: {error}") from error
    entries = content.pop("equivalent", [])
    if content or not isinstance(entries, list):
        raise BuildError(f"{path}: it may hold nothing but records, each below [[equivalent]]")
    return [_record(f"{path}, record {number}", each) for number, each in enumerate(entries, 1)]


def _record(where: str, entry: object) -> _Record:
    if not isinstance(entry, dict) or not all(isinstance(text, str) for text in entry.values()):
        raise BuildError(f"{where}: every value must be a text")
    if unknown := sorted(set(entry) - _KEYS):
        raise BuildError(f"{where}: {unknown[0]} means nothing here (known: {', '.join(_KEYS)})")
    if "cell" in entry:
        where = f"{where} (cell {entry['cell']})"
    if not ("id" in entry or {"cell", "change"} <= set(entry)):
        raise BuildError(f"{where}: say which mutant: its `id`, or its `cell` and `change`")
    if not entry.get("proof", "").strip():
        raise BuildError(f"{where}: `proof` must say in a line why no check can notice")
    change = _squeezed(entry["change"]) if "change" in entry else None
    return _Record(where, entry["proof"].strip(), entry.get("id"), entry.get("cell"), change)


def _squeezed(change: str) -> str:
    lines = (line.strip() for line in change.strip().split("\n"))
    return "\n".join(line[:1] + line[1:].strip() for line in lines)
