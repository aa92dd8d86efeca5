"""Fuzz the reading of what a student hands in: any bytes give a sound notebook or are refused.

    python tests/fuzz/fuzz_notebook.py -max_total_time=300 -timeout=10 -rss_limit_mb=2048

Only a SubmissionError may come out, no more than twenty times the size limit may be allocated,
and what is read must be a valid notebook that can be written and read again.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import tracemalloc
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["autograder", "json"]):
    import nbformat
    from fuzz.driving import fuzz
    from fuzz.mangling import ODD, mangled

    from autograder.errors import SubmissionError
    from autograder.notebook import read_notebook
    from autograder.notebook.files import notebook_bytes

MAX_BYTES = 1 << 14
# Two hundred containers, of which each may become a cell.
FIXED = 1 << 20
FILE = Path(tempfile.mkdtemp(prefix="fuzz-notebook-"), "handed-in.ipynb")
WORDS = [
    "cells", "worksheets", "cell_type", "code", "markdown", "raw", "heading", "html", "level",
    "source", "input", "metadata", "nbgrader", "grade_id", "grade", "solution", "locked", "task",
    "points", "schema_version", "attachments", "image/png", "id", "nbformat", "nbformat_minor",
    "outputs", "execution_count", "tags",
]  # fmt: skip
MARKS = {"grade_id": "a", "grade": True, "solution": False, "locked": True, "task": False}
CELLS = [
    {"cell_type": "code", "id": "a", "metadata": {}, "source": ["x = 1\n", "y"], "outputs": []},
    {"cell_type": "code", "id": "a", "metadata": {"nbgrader": MARKS | {"points": 2}}, "source": ""},
    {"cell_type": "markdown", "metadata": {"tags": ["demo"]}, "source": "é 😀 \ud800",
     "attachments": {"a.png": {"image/png": "aGk="}}},
    {"cell_type": "heading", "level": 2, "source": "Title"},
    {"cell_type": "code", "input": "old", "metadata": {"a": [1, 2.5, None, {"b": [1e400]}]}},
]  # fmt: skip
JUNK = [*ODD, *WORDS, *CELLS, MARKS, {"nbgrader": MARKS}]


def one_input(data: bytes) -> None:
    """Read `data` as a submission; anything but a SubmissionError passes through."""
    FILE.write_bytes(data)
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    try:
        notebook, _ = read_notebook(FILE, MAX_BYTES)
    except SubmissionError:
        return
    finally:
        peak = tracemalloc.get_traced_memory()[1] - before
        if peak > 20 * MAX_BYTES + FIXED:
            raise MemoryError(f"{peak:,} bytes were allocated for a file of {len(data):,}")
    nbformat.validate(notebook)
    FILE.write_bytes(notebook_bytes(notebook))
    again, problems = read_notebook(FILE, 1 << 20)
    assert again == notebook
    assert problems == []


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Change the bytes of a file, or the values in it."""
    draw = random.Random(seed)
    if draw.random() < 0.3:
        return atheris.Mutate(data, max_size)
    try:
        file = mangled(json.loads(data), draw, JUNK, times=draw.randint(1, 3))
        raw = json.dumps(file, ensure_ascii=draw.random() < 0.9).encode("utf-8")
    except (ValueError, RecursionError):
        return atheris.Mutate(data, max_size)
    return raw if len(raw) <= max_size else atheris.Mutate(data, max_size)


def seeds() -> list[bytes]:
    """Return notebooks of version 4 and of version 3, in several encodings."""
    new = {"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    old = {"worksheets": [{"cells": CELLS}], "nbformat": 3}
    texts = [json.dumps(notebook, indent=1) for notebook in (new, old)]
    return [text.encode(code) for text in texts for code in ("utf-8", "utf-8-sig", "utf-16")]


if __name__ == "__main__":
    words = [f'"{word}"'.encode() for word in WORDS]
    fuzz(one_input, mutate, seeds=seeds(), words=words, max_len=20_000)
