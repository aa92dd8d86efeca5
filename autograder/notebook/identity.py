"""Whose numbers a notebook shows: the name said in its cell `student("…")`, and those printed.

A kernel cannot write into its notebook's file. What a student types into a cell, and what
cells print, every editor keeps there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

LONGEST = 128
SHOWN = "These are the numbers of `{}`."
_SHOWN = re.compile(SHOWN.replace(".", r"\.").format(rf"([^`\n]{{1,{LONGEST}}})"))
_CALL = r"(?:autograder\.)?student\("
_SAID = re.compile(rf"""^{_CALL}\s*(["'])([^"'\n]{{1,{LONGEST}}})\1\s*\)""", re.MULTILINE)
_ABOUT_NAMES = re.compile(rf"#|{_CALL}|(?:from autograder )?import\b")
_MOST = 5


def names_said(notebook: NotebookNode) -> list[str]:
    """Return the names that cells say with `student("…")`, the one that counts first."""
    sources = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return _some(found[2] for source in sources for found in _SAID.finditer(source))


def names_shown(notebook: NotebookNode) -> list[str]:
    """Return the names that cells say, then those whose numbers their outputs show."""
    texts = (text for cell in notebook.cells for text in _printed(cell.get("outputs")))
    shown = _some(found[1] for text in texts for found in _SHOWN.finditer(text))
    return list(dict.fromkeys([*names_said(notebook), *shown]))


def shown_lines(outputs: Any) -> str:
    """Return of a cell's outputs, whatever they are, the lines that say whose numbers they show."""
    names = _some(found[1] for text in _printed(outputs) for found in _SHOWN.finditer(text))
    return "".join(f"{SHOWN.format(name)}\n" for name in reversed(names))


def only_says_a_name(source: str) -> bool:
    """Return whether a cell holds nothing but `student("…")`, an import and comments."""
    lines = [line for line in source.splitlines() if line.strip()]
    return any(line.startswith(("student(", "autograder.student(")) for line in lines) and all(
        _ABOUT_NAMES.match(line) for line in lines
    )


def _some(names: Iterator[str]) -> list[str]:
    """Return the last few of different names: the last one that was said or shown counts."""
    found = {name.strip(): None for name in names if name.strip() and name.isprintable()}
    return list(found)[: -_MOST - 1 : -1]


def _printed(outputs: Any) -> Iterator[str]:
    for output in outputs if isinstance(outputs, list) else ():
        text = output.get("text", "") if isinstance(output, dict) else ""
        if isinstance(text, list):
            text = "".join(part for part in text if isinstance(part, str))
        if isinstance(text, str):
            yield text
