"""Our own notebook files: nbformat's functions with types, and one way to write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode


def load_notebook(path: Path) -> NotebookNode:
    """Read a notebook that we built; for what students hand in there is `read_notebook`."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """Return a notebook as the bytes of its file, the same ones that nbgrader would write."""
    text: str = nbformat.writes(notebook, version=4)
    return (text.rstrip("\n") + "\n").encode("utf-8")


def node(data: Mapping[str, Any]) -> NotebookNode:
    """Return nested mappings as NotebookNodes, copied all the way down."""
    copied: NotebookNode = nbformat.from_dict(dict(data))
    return copied
