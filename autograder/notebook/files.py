"""Our own notebook files: nbformat's functions with types, and one way to write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, v4

from autograder.errors import CourseError

NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


# Kernels that some editors name without their language.
_KERNELS = {"ir": "R", "bash": "bash", "octave": "Octave", "java": "Java", "ijava": "Java"}


def foreign_kernel(notebook: NotebookNode) -> str | None:
    """Return which kernel and language an instructor's notebook has; None where it is Python."""
    kernel = notebook.metadata.get("kernelspec") or {}
    info = notebook.metadata.get("language_info") or {}
    name = str(kernel.get("name") or "")
    known = "Julia" if name.startswith("julia") else _KERNELS.get(name)
    language = str(kernel.get("language") or info.get("name") or known or "python")
    if language.lower().startswith(("python", "ipython")):
        return None
    return f"kernel {name}, language {language}" if name else f"language {language}"


def load_notebook(path: Path) -> NotebookNode:
    """Read a notebook that we built; for what students hand in there is `read_notebook`."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def read_built(path: Path) -> NotebookNode:
    """Return a notebook of the build; CourseError where it is not there yet."""
    if not path.exists():
        raise CourseError(f"{path} does not exist: run `autograder build {path.stem}` first")
    return load_notebook(path)


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """Return a notebook as the bytes of its file, the same ones that nbgrader would write.

    It is not validated: what we write was made by us, of parts that have been looked at.
    """
    text: str = v4.writes_json(notebook)
    return (text.rstrip("\n") + "\n").encode("utf-8")


def compact_bytes(notebook: NotebookNode) -> bytes:
    """Return the same notebook in one line, at a tenth of the cost: for programs to read."""
    return json.dumps(notebook, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def new_output(kind: str, **fields: Any) -> NotebookNode:
    """Return an output of a cell, without the validation that nbformat's own function does."""
    if kind in ("display_data", "execute_result"):
        fields.setdefault("metadata", {})
    if kind == "execute_result":
        fields.setdefault("execution_count", None)
    return node({"output_type": kind, **fields})


def node(data: Mapping[str, Any]) -> NotebookNode:
    """Return nested mappings as NotebookNodes, copied all the way down."""
    copied: NotebookNode = nbformat.from_dict(dict(data))
    return copied
