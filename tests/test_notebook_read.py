"""Every file gives a sound notebook, or a SubmissionError that helps."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from fuzz import memory
from fuzz.memory import FIXED, peak

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


# A tenth of what a file may be; all of the reader's limits go with it.
TENTH = 2 * 2**20


def filled(unit: str, head: str, tail: str, most: int = TENTH) -> bytes:
    """A file of as many units as fit into one, or `most`."""
    return memory.filled(TENTH, unit, head=head, tail=tail, most=most)


RAW = '{"cells":[{"cell_type":"raw","source":'
OBJECTS, VALUES, KEYS = TENTH // 80 - 10, TENTH // 10 - 10, TENTH // 20 - 10
DEAR = {
    "objects": filled("{}", '{"a":[', "]}"),
    "objects below the limit": filled('{"":0}', '{"a":[', "]}", OBJECTS),
    "texts": filled('"ab"', '{"a":[', "]}", VALUES),
    "wide texts": filled('"😀b"', '{"a":[', "]}", VALUES),
    "keys": filled('"k%d":"ab"', '{"a":{', "}}", KEYS),
    "wide keys": filled('"😀%d":"ab"', '{"a":{', "}}", KEYS),
    "numbers": filled("1.5", '{"a":[', "]}", VALUES),
    "one wide text": filled("a" * (TENTH - 500), RAW + '"', '😀"}]}', 1),
    "half a pair": filled("a" * (TENTH - 500), RAW + '"😀', '\\ud83d"}]}', 1),
    "lines": filled('"ab"', RAW + "[", "]}]}", VALUES),
    "cells": filled(RAW[10:] + '""}', '{"cells":[', "]}", OBJECTS),
    "damaged cells": filled('{"a":0}', '{"cells":[', "]}", OBJECTS),
    "metadata": filled('{"":0}', RAW + '"","metadata":{"a":[', "]}}]}", OBJECTS),
    "metadata in texts": filled('"ab"', RAW + '"","metadata":{"a":[', "]}}]}", VALUES),
    "metadata in keys": filled('"k%d":0', RAW + '"","metadata":{', "}}]}", KEYS),
    "attachments": filled('"k%d":{"":""}', RAW + '"","attachments":{', "}}]}", OBJECTS),
    "of another encoding": filled('"ab"', '{"a":[', "]}", 80_000).decode().encode("utf-16"),
    "not JSON at its end": filled('"ab"', '{"a":[', "", VALUES),
}


@pytest.mark.parametrize("name", DEAR)
def test_a_file_costs_at_most_twenty_times_the_limit_of_its_size(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, DEAR[name])
    assert peak(lambda: read_notebook(path, TENTH)) < 20 * TENTH + FIXED


def test_a_file_of_millions_of_objects_is_refused_before_they_are_made(tmp_path: Path) -> None:
    path = written(tmp_path, b'{"cells":[' + b"{}," * (19 * 2**20 // 3) + b"{}]}")
    with pytest.raises(SubmissionError, match="far more lists, objects and numbers") as error:
        read_notebook(path)
    assert error.value.kind == "too-big"
    assert peak(lambda: read_notebook(path)) < 3 * path.stat().st_size


def test_more_metadata_than_a_notebook_has_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, notebook(code(metadata={"a": [0] * 100_000})))
    with pytest.raises(SubmissionError, match="100,000 values beside its text"):
        read_notebook(path)


def test_a_notebook_whose_pictures_are_data_is_read(tmp_path: Path) -> None:
    heatmap = [[row * column / 7 for column in range(400)] for row in range(400)]
    points = [{"x": n, "y": n / 3, "label": "a, b: [c] {d}"} for n in range(10_000)]
    plot = {"application/vnd.plotly.v1+json": {"data": [{"z": heatmap}], "points": points}}
    output = {"output_type": "display_data", "metadata": {}, "data": plot}
    path = written(tmp_path, json.dumps(notebook(code(outputs=[output])), indent=1))
    read, problems = read_notebook(path)
    assert read.cells[0].source == "x = 1"
    assert problems == []


def test_pictures_and_text_in_the_millions_of_commas_are_read(tmp_path: Path) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": ",{[:" * 2_000_000}
    path = written(tmp_path, notebook(code(outputs=[output])))
    assert read_notebook(path)[0].cells[0].source == "x = 1"


@pytest.mark.parametrize(
    "metadata",
    [
        {"tags": "demo"},
        {"tags": ["a", "a"]},
        {"tags": ["a,b"]},
        {"tags": [{}]},
        {"name": ""},
        {"name": "\n"},
        {"format": 1},
        {"collapsed": 1},
        {"scrolled": "yes"},
        {"jupyter": []},
        {"execution": {"iopub.status.busy": 1}},
    ],
    ids=str,
)
def test_metadata_that_jupyter_would_refuse_is_dropped(tmp_path: Path, metadata: Any) -> None:
    sound = {"tags": ["demo"], "name": "n", "scrolled": "auto", "mine": {"deep": [1]}}
    for kind in ("code", "raw"):
        cell = {"cell_type": kind, "source": "", "metadata": sound | metadata}
        read, problems = read_notebook(written(tmp_path, notebook(cell)))
        nbformat.validate(read)
        wrong = next(iter(metadata))
        assert read.cells[0].metadata == {k: v for k, v in sound.items() if k != wrong}
        assert problems == []
