"""The rooms of the package stand in a row: each imports only those before it, and no circle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import autograder

PACKAGE = Path(autograder.__file__).parent
# In this order in docs/architecture.md, too. The single files beside the folders are rooms as
# well: tools below all others, and what the world outside imports above them.
ROOMS = [
    *("errors", "files", "json_size"),
    *("course", "notebook", "sandbox", "checks", "nbgrader", "grading"),
    *("authoring", "proof", "reference", "cli"),
    *("nbgrader_plugin", "__init__"),
]
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
    if "template" not in path.parts
}
_NAMED = re.compile(r"autograder((?:\.\w+)+)")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The line and the dotted name of everything a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}, line {node.lineno}: a relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def named(path: Path) -> Iterator[tuple[int, str]]:
    """The line and the dotted name of every module that a string of a file names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for found in _NAMED.finditer(node.value):
                if found[1].split(".")[1] in ROOMS:
                    yield node.lineno, found[0]


def room_of(name: str) -> str:
    return name.split(".")[0]


def test_every_folder_and_file_is_a_room() -> None:
    assert {room_of(module) for module in MODULES} == set(ROOMS), (
        "give a new room its place in ROOMS, and in docs/architecture.md"
    )


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_and_names_only_rooms_before_its_own(module: str) -> None:
    before = ROOMS[: ROOMS.index(room_of(module)) + 1]
    path = MODULES[module]
    wrong = [
        f"line {line}: {name}"
        for line, name in (*imported(path), *named(path))
        if name.startswith("autograder.")
        and (room := name.split(".")[1]) in ROOMS
        and room not in before
    ]
    assert wrong == []


def test_the_files_of_a_room_import_each_other_in_no_circle() -> None:
    """Circles that only a type checker sees count: they say that two files are one."""
    needs: dict[str, set[str]] = {module: set() for module in MODULES}
    for module, path in MODULES.items():
        for _, name in imported(path):
            # `autograder.room.file.Class`, or `autograder.room.file`, or a name of the room's own
            found = name.removeprefix("autograder.")
            while found and found not in MODULES:
                found = found.rpartition(".")[0]
            if found in MODULES and name.startswith("autograder.") and found != module:
                needs[module].add(found)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_the_map_shows_the_rooms_in_their_order() -> None:
    text = (PACKAGE.parent / "docs/architecture.md").read_text(encoding="utf-8")
    folders = [room for room in ROOMS if (PACKAGE / room).is_dir()]
    assert re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE) == folders
