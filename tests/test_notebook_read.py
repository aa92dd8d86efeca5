"""Whatever somebody hands in: a sound notebook, or a SubmissionError that helps."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.errors import SubmissionError
from autograder.notebook import read_notebook


def notebook(*cells: Any, **more: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def code(source: Any = "x = 1", **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], **more}


def written(folder: Path, content: Any) -> Path:
    path = folder / "tiny.ipynb"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (b"", "empty", "tiny.ipynb is empty"),
        (b" \n", "empty", "tiny.ipynb is empty"),
        (b"I have done it all!", "not-json", r"not JSON \(line 1, column 1\)"),
        (b'{"cells": [', "not-json", "not JSON"),
        (b"\xff\x00\x9d\x81", "not-json", "not JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not-json", "not JSON"),
        (b"9" * 10_000, "not-json", "not JSON"),
        (b"[]", "not-a-notebook", "holds no cells"),
        (b"null", "not-a-notebook", "holds no cells"),
        (b'{"cells": {}}', "not-a-notebook", "holds no cells"),
        (b'{"cells": null, "worksheets": 3}', "not-a-notebook", "holds no cells"),
        (b"[" * 100_000, "too-deep", "nested too deeply"),
        (b'{"cells": [' + b"1," * 6_000 + b"1]}", "too-big", "more than 5000 cells"),
        (
            b'{"cells": [{"cell_type": "raw", "source": "' + b"*a " * 800_000 + b'"}]}',
            "too-big",
            "more than 2 million characters",
        ),
    ],
)
def test_a_file_that_is_no_notebook_is_refused_with_its_reason(
    tmp_path: Path, content: bytes, kind: str, message: str
) -> None:
    with pytest.raises(SubmissionError, match=message) as error:
        read_notebook(written(tmp_path, content))
    assert error.value.kind == kind


def test_a_large_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match=r"larger than 0\.001 MB") as error:
        read_notebook(written(tmp_path, b" " * 2_000), max_bytes=1_049)
    assert error.value.kind == "too-big"


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_not_a_file_is_refused_and_never_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "tiny.ipynb"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(SubmissionError, match="is not a file") as error:
        read_notebook(path)
    assert error.value.kind == "unreadable"


def test_a_sound_notebook_comes_without_outputs_and_problems(tmp_path: Path) -> None:
    cell = code(
        ["a = 1\n", "a"],
        id="one",
        execution_count=7,
        outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}],
    )
    read, problems = read_notebook(written(tmp_path, notebook(cell)))
    assert problems == []
    assert read.cells[0].source == "a = 1\na"
    assert read.cells[0].id == "one"
    assert read.cells[0].outputs == []
    assert read.cells[0].execution_count is None
    nbformat.validate(read)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_other_unicode_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(notebook(code("grüß = '€'")), ensure_ascii=False)
    read, _ = read_notebook(written(tmp_path, text.encode(encoding)))
    assert read.cells[0].source == "grüß = '€'"


def test_a_notebook_of_version_3_is_upgraded_and_says_so(tmp_path: Path) -> None:
    old = {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 2, "source": "Title", "metadata": {}},
                    {
                        "cell_type": "code",
                        "input": ["x = 1\n", "x"],
                        "metadata": {"nbgrader": {"grade_id": "double", "solution": True}},
                        "outputs": [],
                        "prompt_number": 3,
                    },
                ]
            }
        ],
    }
    read, problems = read_notebook(written(tmp_path, old))
    assert [cell.source for cell in read.cells] == ["## Title", "x = 1\nx"]
    assert read.cells[1].metadata.nbgrader.grade_id == "double"
    assert [(problem.kind, problem.cell) for problem in problems] == [("format", None)]
    assert "version 3" in problems[0].message
    nbformat.validate(read)


def test_broken_cells_are_left_out_and_counted(tmp_path: Path) -> None:
    broken = [
        code(),
        None,
        {},
        {"cell_type": "code"},
        code(source=5),
        {"cell_type": "x", "source": ""},
    ]
    read, problems = read_notebook(written(tmp_path, notebook(*broken)))
    assert len(read.cells) == 1
    assert [problem.kind for problem in problems] == ["damaged"]
    assert "5 cell(s)" in problems[0].message
    assert problems[0].cell == "cell 2"


def test_halves_of_surrogate_pairs_cannot_reach_a_file(tmp_path: Path) -> None:
    raw = json.dumps(notebook(code("x = '\ud800'", metadata={"k\udfff": "\udfff"})))
    assert "\\ud800" in raw
    read, _ = read_notebook(written(tmp_path, raw))
    nbformat.writes(read).encode("utf-8")


def test_nan_and_infinity_do_not_survive(tmp_path: Path) -> None:
    raw = json.dumps(notebook(code(metadata={"a": 0.5, "b": [1.5]})))
    raw = raw.replace("0.5", "NaN").replace("1.5", "1e999")
    read, _ = read_notebook(written(tmp_path, raw))
    assert read.cells[0].metadata == {"a": None, "b": [None]}


def test_cell_ids_are_sound_and_unique(tmp_path: Path) -> None:
    ids = ["a", "a", "", 7, None, "no spaces", "x" * 65, "cell-002"]
    read, _ = read_notebook(written(tmp_path, notebook(*(code(id=given) for given in ids))))
    found = [cell.id for cell in read.cells]
    assert found[0] == "a"
    assert len(set(found)) == len(ids)
    nbformat.validate(read)


@pytest.mark.parametrize(
    "marks",
    [
        "a string",
        [],
        {},
        {"solution": True},
        {"grade_id": None, "solution": True},
        {"grade_id": ["a"], "solution": True},
        {"grade_id": "a b", "solution": True},
        {"grade_id": "a", "solution": "yes"},
        {"grade_id": "a"},
    ],
)
def test_nbgrader_metadata_that_names_nothing_is_dropped(tmp_path: Path, marks: Any) -> None:
    read, _ = read_notebook(written(tmp_path, notebook(code(metadata={"nbgrader": marks}))))
    assert "nbgrader" not in read.cells[0].metadata


@pytest.mark.parametrize("points", [None, "many", -3, True, [1], 1e999, 10**400])
def test_nbgrader_metadata_is_completed_and_points_are_numbers(tmp_path: Path, points: Any) -> None:
    marks = {"grade_id": "a", "grade": True, "points": points, "schema_version": 99, "other": 1}
    raw = json.dumps(notebook(code(metadata={"nbgrader": marks}))).replace("Infinity", "1e999")
    read, _ = read_notebook(written(tmp_path, raw))
    found = read.cells[0].metadata.nbgrader
    assert set(found) == {
        "grade", "grade_id", "locked", "points", "schema_version", "solution", "task",
    }  # fmt: skip
    assert found.schema_version == 3
    assert 0 <= found.points <= 1_000_000


def test_metadata_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    deep: Any = 1
    for _ in range(200):
        deep = {"a": deep}
    with pytest.raises(SubmissionError) as error:
        read_notebook(written(tmp_path, notebook(code(metadata={"deep": deep}))))
    assert error.value.kind == "too-deep"


def test_pictures_in_text_cells_are_kept_and_odd_attachments_dropped(tmp_path: Path) -> None:
    cell = {
        "cell_type": "markdown",
        "metadata": {},
        "source": "![a](attachment:a.png)",
        "attachments": {"a.png": {"image/png": "aGk="}, "b": 3, "c": {"image/png": 4}},
    }
    read, _ = read_notebook(written(tmp_path, notebook(cell)))
    assert read.cells[0].attachments == {"a.png": {"image/png": "aGk="}}
