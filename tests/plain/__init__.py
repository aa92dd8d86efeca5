"""Hand-made nbgrader assignments: notebooks as text, with what students handed in.

A file is one notebook. Its cells start with a line such as

    # %% text                       # %% code
    # %% locked NAME                # %% answer NAME
    # %% test NAME POINTS           # %% manual NAME POINTS
    # %% task NAME POINTS

and a last word may say `text` for a Markdown cell, or a tag. Below `#### STUDENT` stand the
cells that this student changed:

    # %% NAME                       the cell's new text
    # %% NAME as markdown           the same, in a cell of another type
    # %% NAME copy                  a copy of the cell behind it, with this text
    # %% NAME delete
    # %% added after NAME           a cell of the student's own, also `before`; a number
                                    counts cells from 0
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

FOLDER = Path(__file__).parent
_HEADER = re.compile(r"^# %% (.*)$", re.MULTILINE)
_STUDENT = re.compile(r"^#### (\w+)$", re.MULTILINE)
_NEW = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
_KINDS = {
    "locked": {"locked": True},
    "answer": {"solution": True},
    "test": {"grade": True, "locked": True},
    "manual": {"grade": True, "solution": True},
    "task": {"task": True, "locked": True},
}
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


@dataclass(frozen=True)
class Plain:
    """One notebook, its instructor's version, and the edits of each student."""

    name: str
    source: NotebookNode
    edits: dict[str, list[tuple[list[str], str]]]

    def handed_in(self, student: str, released: NotebookNode) -> NotebookNode:
        """Return what `student` made of the released notebook."""
        notebook = copy.deepcopy(released)
        for words, text in self.edits[student]:
            _edit(notebook, words, text)
        return notebook


def read_plain(path: Path) -> Plain:
    """The notebook in a file such as `points/hidden-tests.txt`."""
    master, *others = _STUDENT.split(path.read_text(encoding="utf-8"))
    cells = [_cell(words, text) for words, text in _sections(master)]
    source = new_notebook(cells=cells, metadata={"kernelspec": dict(_KERNEL)})
    edits = {
        student: list(_sections(text))
        for student, text in zip(others[::2], others[1::2], strict=True)
    }
    return Plain(path.stem, source, edits)


def read_all(assignment: str) -> list[Plain]:
    """All notebooks of one of the folders beside this file."""
    return [read_plain(path) for path in sorted((FOLDER / assignment).glob("*.txt"))]


def named(notebook: NotebookNode, name: str) -> NotebookNode:
    """The cell of that grade_id, or with that number."""
    return notebook.cells[_place(notebook, name)]


def _sections(text: str) -> list[tuple[list[str], str]]:
    _, *parts = _HEADER.split(text)
    return [
        (header.split(), body.strip("\n"))
        for header, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def _cell(words: list[str], text: str) -> NotebookNode:
    kind, *rest = words
    markdown = kind in ("text", "task") or rest[-1:] == ["text"]
    cell = (new_markdown_cell if markdown else new_code_cell)(text)
    if kind in _KINDS:
        marks = {"grade": False, "solution": False, "locked": False, "task": False}
        marks |= {"schema_version": 3, "grade_id": rest[0], **_KINDS[kind]}
        if kind in ("test", "manual", "task"):
            marks["points"] = float(rest[1])
        cell.metadata["nbgrader"] = marks
    if rest[-1:] == ["skip-execution"]:
        cell.metadata["tags"] = ["skip-execution"]
    return cell


def _edit(notebook: NotebookNode, words: list[str], text: str) -> None:
    match words:
        case ["added", where, name]:
            place = _place(notebook, name) + (where == "after")
            notebook.cells.insert(place, new_code_cell(text))
        case [name, "delete"]:
            del notebook.cells[_place(notebook, name)]
        case [name, "copy"]:
            place = _place(notebook, name)
            twin = copy.deepcopy(notebook.cells[place])
            twin.source, twin.id = text, f"copy-{len(notebook.cells)}"
            notebook.cells.insert(place + 1, twin)
        case [name, "as", kind]:
            place = _place(notebook, name)
            marks = notebook.cells[place].metadata
            notebook.cells[place] = _NEW[kind](text, metadata=marks)
        case [name]:
            notebook.cells[_place(notebook, name)].source = text


def _place(notebook: NotebookNode, name: str) -> int:
    if name.isdigit():
        return int(name)
    return next(
        place
        for place, cell in enumerate(notebook.cells)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )
