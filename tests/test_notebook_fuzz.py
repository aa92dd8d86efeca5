"""A real notebook, mangled in every way JSON allows, never breaks reading and splicing."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import nbformat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.errors import SubmissionError
from autograder.notebook import Problem, read_notebook, splice

JUNK: list[Any] = [
    None, True, 0, -1, 10**30, 0.5, float("nan"), float("inf"), "", "code", "\ud800", "a\0b",
    "x" * 200, [], ["a", "b"], [1], [None], {}, {"a": 1}, {"grade_id": "double"}, [[]] * 3,
    {"nbgrader": {"grade_id": "double", "solution": 1, "schema_version": "3"}},
]  # fmt: skip
KEYS = ["cells", "metadata", "nbgrader", "grade_id", "source", "cell_type", "id", "nbformat", "x"]
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of nested data with each of its keys or indices."""
    found = []
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        found.append((value, key))
        if isinstance(item, dict | list):
            found += places(item)
    return found


def mangle(data: st.DataObject, notebook: Any) -> None:
    container, key = data.draw(st.sampled_from(places(notebook)), label="place")
    action = data.draw(st.sampled_from(["junk", "delete", "copy", "swap", "extra"]), label="action")
    if action == "junk":
        container[key] = copy.deepcopy(data.draw(st.sampled_from(JUNK)))
    elif action == "delete":
        del container[key]
    elif action == "copy" and isinstance(container, list):
        container.insert(0, copy.deepcopy(container[key]))
    elif action == "swap":
        other, place = data.draw(st.sampled_from(places(notebook)))
        container[key] = copy.deepcopy(other[place])
    elif isinstance(container, dict):
        container[data.draw(st.sampled_from(KEYS))] = copy.deepcopy(
            data.draw(st.sampled_from(JUNK))
        )


@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(data=st.data(), count=st.integers(1, 8))
def test_a_mangled_notebook_is_read_and_spliced_or_refused(
    tiny_released: NotebookNode, tmp_path: Path, data: st.DataObject, count: int
) -> None:
    mangled = json.loads(nbformat.writes(tiny_released))
    for _ in range(count):
        if places(mangled):
            mangle(data, mangled)
    path = tmp_path / "mangled.ipynb"
    path.write_text(json.dumps(mangled), encoding="utf-8")
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
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_any_bytes_are_refused_or_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bytes.ipynb"
    path.write_bytes(content)
    try:
        read_notebook(path)
    except SubmissionError:
        return


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
