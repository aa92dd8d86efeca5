"""`accept/*.py`: right solutions written another way, which must lose nothing.

    \"\"\"Sums and loops in place of products.\"\"\"

    # %% adam
    def adam_step(...): ...

Each `# %% <grade_id>` begins a cell that takes the place of the solution's.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import BuildError

FOLDER = "accept"
_CELL = re.compile(r"^# %%\s*(\S+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Accept:
    """A right solution written another way: cells by grade_id, and a line on what is unusual."""

    name: str
    description: str
    cells: dict[str, str]


def accept_files(folder: Path) -> list[Path]:
    """Return the files in `folder`/accept, by name."""
    return sorted((folder / FOLDER).glob("*.py"))


def read_accept(path: Path) -> Accept:
    """Read one file; BuildError names it and what is missing in it."""
    text = path.read_text(encoding="utf-8")
    try:
        header = ast.get_docstring(ast.parse(text))
    except SyntaxError as error:
        raise BuildError(f"{path}, line {error.lineno}: {error.msg}") from error
    if not header:
        raise BuildError(f"{path}: a docstring that says what is unusual is missing")
    parts = _CELL.split(text)
    cells = {name: body.strip("\n") for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    if not cells:
        raise BuildError(f"{path}: no cell is replaced: start one with `# %% <grade_id>`")
    return Accept(path.stem, " ".join(header.split()), cells)
