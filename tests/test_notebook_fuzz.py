"""A real notebook, mangled in every way JSON allows, never breaks reading and splicing."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import nbformat
from fuzz.mangling import ODD, mangled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.errors import SubmissionError
from autograder.notebook import Problem, read_notebook, splice

JUNK: list[Any] = [
    *ODD, -1, 10**30, "code", ["a", "b"], [[]] * 3, {"grade_id": "double"},
    {"nbgrader": {"grade_id": "double", "solution": 1, "schema_version": "3"}},
    "cells", "metadata", "nbgrader", "grade_id", "source", "cell_type", "id", "nbformat",
]  # fmt: skip
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(seed=st.integers(0, 1 << 32), count=st.integers(1, 8))
def test_a_mangled_notebook_is_read_and_spliced_or_refused(
    tiny_released: NotebookNode, tmp_path: Path, seed: int, count: int
) -> None:
    whole = json.loads(nbformat.writes(tiny_released))
    path = tmp_path / "mangled.ipynb"
    path.write_text(json.dumps(mangled(whole, random.Random(seed), JUNK, times=count)))
    try:
        notebook, problems = read_notebook(path)
    except SubmissionError:
        return
    nbformat.validate(notebook)
    spliced = splice(tiny_released, notebook)
    assert all(isinstance(problem, Problem) for problem in [*problems, *spliced.problems])
    kept = {cell.grade_id: cell.source for cell in spliced.cells if cell.role == "test"}
    tests = {c.id: c.source for c in tiny_released.cells if c.id.startswith(("check-", "test-"))}
    assert kept == tests
    shown = {**tiny_released, "cells": [cell.original for cell in spliced.cells]}
    nbformat.validate(nbformat.from_dict(shown))


@settings(max_examples=200, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_a_notebook_cut_or_overwritten_anywhere_is_refused_or_read(
    tiny_released: NotebookNode, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(nbformat.writes(tiny_released).encode())
    start = data.draw(st.integers(0, len(content)))
    content[start : start + data.draw(st.integers(0, 50))] = data.draw(st.binary(max_size=50))
    path = tmp_path / "cut.ipynb"
    path.write_bytes(bytes(content))
    try:
        notebook, _ = read_notebook(path)
    except SubmissionError:
        return
    splice(tiny_released, notebook)
