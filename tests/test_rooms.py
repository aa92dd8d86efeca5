"""The rooms of the package stand in a row: each imports only those before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import autograder

PACKAGE = Path(autograder.__file__).parent
ROOMS = ["course", "notebook", "build", "sandbox", "checks", "grading", "proof", "reference", "cli"]
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The line and the dotted name of everything a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}, line {node.lineno}: a relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def test_every_folder_is_a_room() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders <= set(ROOMS), "give a new room its place in ROOMS, and in the design"


@pytest.mark.parametrize("module", [name for name in MODULES if name.split("/")[0] in ROOMS])
def test_a_module_imports_only_rooms_before_its_own(module: str) -> None:
    before = ROOMS[: ROOMS.index(module.split("/")[0]) + 1]
    wrong = [
        f"line {line}: {name}"
        for line, name in imported(MODULES[module])
        if name.startswith("autograder.")
        and name.split(".")[1] in ROOMS
        and name.split(".")[1] not in before
    ]
    assert wrong == []
