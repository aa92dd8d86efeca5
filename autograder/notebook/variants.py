"""Right and wrong solutions: small files that replace named solution cells of the master.

    \"\"\"Bias correction is missing.

    fails: adam
    says: bias correction
    \"\"\"
    # %% adam
    def adam_step(...): ...

`fails` names the tasks that lose marks, `says` a phrase of the feedback; both may be
repeated, and `says[task]:` ties a phrase to one task.

`tells:` is what a student reads whose answers are those of this variant; without it that is
the text above. Numbers that are wrong alike tell a mistake; zeros, NaN or a truth value
have many causes: such a variant is spoken of only where it has a `tells:` that holds for
everything that answers so. `tells: nothing` keeps it from being spoken of at all.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from autograder.errors import BuildError

Kind = Literal["accept", "reject"]

_CELL = re.compile(r"^# %%\s*(\S+)\s*$", re.MULTILINE)
_SAYS = re.compile(r"^says(?:\[(?P<task>[^\]]+)\])?:\s*(?P<phrase>.+)$")


@dataclass(frozen=True)
class Variant:
    """A right or wrong solution: cells by grade_id, and what marking it must find.

    `says` pairs a task (None for any of `fails`) with a phrase of its feedback. `tells` is
    the sentence for a student with the same answers, None where nothing is to be told, and
    `vouched` is True where it was written for everything that answers so.
    """

    name: str
    kind: Kind
    description: str
    cells: dict[str, str]
    fails: frozenset[str] = frozenset()
    says: tuple[tuple[str | None, str], ...] = field(default=())
    tells: str | None = None
    vouched: bool = False


def load_variants(folder: Path) -> list[Variant]:
    """The variants in `folder`/accept and `folder`/reject, by name.

    Raises:
        BuildError: a file is not in the form above; the message names it.
    """
    return [read_variant(path, kind) for kind, path in variant_files(folder)]


def variant_files(folder: Path) -> list[tuple[Kind, Path]]:
    """The files in `folder`/accept and `folder`/reject with their kinds, unread."""
    kinds: tuple[Kind, ...] = ("accept", "reject")
    return [(kind, path) for kind in kinds for path in sorted((folder / kind).glob("*.py"))]


def read_variant(path: Path, kind: Kind) -> Variant:
    """Read one variant file; BuildError names the file and what is missing in it."""
    text = path.read_text(encoding="utf-8")
    try:
        header = ast.get_docstring(ast.parse(text))
    except SyntaxError as error:
        raise BuildError(f"{path}, line {error.lineno}: {error.msg}") from error
    if not header:
        raise BuildError(f"{path}: a docstring that says what is wrong or unusual is missing")
    description, fails, says, tells = _read_header(header)
    parts = _CELL.split(text)
    cells = {name: body.strip("\n") for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    if not cells:
        raise BuildError(f"{path}: no cell is replaced: start one with `# %% <grade_id>`")
    if kind == "reject" and not (fails and says):
        raise BuildError(f"{path}: a reject variant needs `fails:` and `says:` lines")
    if kind == "accept" and (fails or says or tells):
        raise BuildError(
            f"{path}: an accept variant fails nothing: drop `fails:`, `says:` and `tells:`"
        )
    unknown = {task for task, _ in says if task is not None} - fails
    if unknown:
        raise BuildError(f"{path}: says[{unknown.pop()}] names a task that is not in `fails:`")
    told = None if kind == "accept" or tells == "nothing" else tells or description
    return Variant(
        path.stem, kind, description, cells, frozenset(fails), tuple(says), told, bool(tells)
    )


def _read_header(header: str) -> tuple[str, set[str], list[tuple[str | None, str]], str]:
    prose: list[str] = []
    tells = ""
    fails: set[str] = set()
    says: list[tuple[str | None, str]] = []
    for line in header.splitlines():
        match = _SAYS.match(line)
        if match:
            says.append((match["task"], match["phrase"].strip()))
        elif line.startswith("fails:"):
            fails |= {name.strip() for name in line.removeprefix("fails:").split(",")}
        elif line.startswith("tells:"):
            tells = f"{tells} {line.removeprefix('tells:').strip()}".strip()
        else:
            prose.append(line)
    return " ".join(" ".join(prose).split()), fails, says, tells
