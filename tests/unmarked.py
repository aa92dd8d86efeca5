"""A plain course and what students do to its notebook: cells of their own, names and ids lost."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import Course, load_course
from autograder.notebook import with_sources

NAME = "ps1"
F, G, LIMIT = "def f(x):\n    return 2 * x", "def g(x):\n    return f(x) + 1", "limit = 7"
ANSWERS = {"f": F, "g": G, "limit": LIMIT, "why": "It doubles.", "how": "By hand."}
STUBS = {
    "f": "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()",
    "g": "def g(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()",
    "limit": "# YOUR CODE HERE\nraise NotImplementedError()",
    "why": "YOUR ANSWER HERE",
    "how": "YOUR ANSWER HERE",
}
HIDDEN = "\n### BEGIN HIDDEN TESTS\nassert f(-3) == -6\n### END HIDDEN TESTS"
MARKS = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}


def _cell(kind: str, name: str, source: str, **marks: Any) -> NotebookNode:
    make = new_code_cell if kind == "code" else new_markdown_cell
    nbgrader = {**MARKS, "grade_id": name, **marks}
    return make(source, id=f"{name}-id", metadata={"nbgrader": nbgrader} if marks else {})


def _code(name: str, source: str) -> NotebookNode:
    return _cell("code", name, source, solution=True)


def _test(name: str, source: str, points: float) -> NotebookNode:
    return _cell("code", name, source, grade=True, locked=True, points=points)


def _words(name: str, source: str, points: float) -> NotebookNode:
    return _cell("markdown", name, source, grade=True, solution=True, points=points)


def _solved(code: str) -> str:
    head, _, body = code.rpartition("\n")
    indent = body[: len(body) - len(body.lstrip())]
    region = f"{indent}### BEGIN SOLUTION\n{body}\n{indent}### END SOLUTION"
    return f"{head}\n{region}" if head else region


def source() -> NotebookNode:
    """The instructor's notebook: eight points by machine, eight by hand."""
    cells = [
        _cell("markdown", "title", "# Problem set"),
        _cell("code", "setup", "import math", locked=True),
        _code("f", _solved(F)),
        _test("t1", "assert f(1) == 2", 2),
        _test("t2", "assert f(0) == 0" + HIDDEN, 3),
        _cell("markdown", "next", "Now the next function."),
        _code("g", _solved(G)),
        _test("t3", "assert g(1) == 3", 2),
        _code("limit", _solved(LIMIT)),
        _test("t4", "assert limit == 7", 1),
        _cell("markdown", "question", "## Why does it double?", locked=True),
        _words("why", "Because.", 5),
        _cell("markdown", "more", "## How did you find out?"),
        _words("how", "By trying.", 3),
    ]
    return new_notebook(cells=cells)


def write_course(folder: Path) -> Course:
    """Write the course into `folder`, unbuilt: a plain one needs no build."""
    settings = {
        "id": "mini",
        "title": "Mini",
        "folders": {"source": "source", "release": "release"},
        "assignments": [{"name": NAME, "title": "One"}],
        "preload": [],
    }
    (folder / "course.yml").write_text(yaml.safe_dump(settings))
    (folder / "source" / NAME).mkdir(parents=True)
    nbformat.write(source(), folder / "source" / NAME / "p1.ipynb")
    return load_course(folder)


class Handed:
    """A notebook as it was released, with these answers in it; its methods do what students do."""

    def __init__(self, **answers: str) -> None:
        self.notebook = with_sources(source(), {**STUBS, "t2": "assert f(0) == 0", **answers})

    @property
    def cells(self) -> list[NotebookNode]:
        return self.notebook.cells

    def place(self, name: str) -> int:
        return next(at for at, cell in enumerate(self.cells) if cell.id == f"{name}-id")

    def cell(self, name: str) -> NotebookNode:
        return self.cells[self.place(name)]

    def without(self, *names: str) -> Handed:
        for name in names:
            del self.cells[self.place(name)]
        return self

    def own(self, source: str, *, before: str = "", kind: str = "code") -> Handed:
        """Add a cell of the student's own, at the end or before a cell."""
        at = self.place(before) if before else len(self.cells)
        cell = new_code_cell(source) if kind == "code" else new_markdown_cell(source)
        cell.cell_type = kind
        if kind == "raw":
            cell.pop("outputs", None)
        self.cells.insert(at, cell)
        return self

    def replaced(self, name: str, source: str = "", kind: str = "code") -> Handed:
        """Put a cell of the student's own in the place of one that goes."""
        return self.own(source or ANSWERS[name], before=name, kind=kind).without(name)

    def with_source(self, name: str, source: str) -> Handed:
        self.cell(name).source = source
        return self

    def moved(self, name: str, *, before: str) -> Handed:
        cell = self.cells.pop(self.place(name))
        self.cells.insert(self.place(before), cell)
        return self

    def stripped(self, how: str = "bare") -> dict[str, Any]:
        """Return the file as a tool leaves it that knows neither nbgrader's marks nor cell ids."""
        file = copy.deepcopy(dict(self.notebook))
        file |= {"nbformat_minor": 0 if how == "colab" else 4}
        for number, cell in enumerate(file["cells"]):
            del cell["id"]
            if not (how == "vscode" and cell["cell_type"] == "markdown"):
                cell["metadata"] = {}
            if how == "colab":
                cell["metadata"] = {"id": f"aB3_{number}xYz", "outputId": f"0000-{number}"}
            if how == "ids":
                cell["id"] = f"{number:08x}"
            if how == "deepnote":
                cell["metadata"] = {"cell_id": f"{number:032x}", "deepnote_cell_type": "code"}
            if how == "lines":
                cell["source"] = "\n" + "\n".join(
                    line + "  " for line in cell["source"].splitlines()
                )
        return file


def right(**answers: str) -> Handed:
    """A notebook with all answers, all of them right."""
    return Handed(**{**ANSWERS, **answers})
