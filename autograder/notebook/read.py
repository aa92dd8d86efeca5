"""Reading a notebook that somebody handed in: any bytes give a sound notebook or SubmissionError.

nbformat's own reader trusts the file enough to crash on many broken ones. Here the JSON is
read with caps, and a fresh notebook is made of those parts that are what they should be.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.errors import SubmissionError
from autograder.json_size import holds_more_than
from autograder.notebook.files import node
from autograder.notebook.identity import shown_lines
from autograder.notebook.tasks import Problem
from autograder.notebook.wording import harmless

MAX_BYTES = 20 * 2**20
# How many bytes of a file there must be for each thing in it: the largest may hold 262,144
# lists and objects, two million values and one million keys. An honest notebook whose
# pictures are data comes nowhere near; a text of nothing else would take fifty times its size.
_BYTES_PER_CONTAINER = 80
_BYTES_PER_VALUE = 10
_BYTES_PER_KEY = 20
_MAX_DEPTH = 64
_MAX_CELLS = 5_000
_MAX_TEXT = 2 * 2**20
_MAX_METADATA = 100_000
_MAX_POINTS = 1_000_000
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_GRADE_ID = re.compile(r"[a-zA-Z0-9_-]{1,128}")
_TYPES = {"code": "code", "markdown": "markdown", "raw": "raw"}
_OLD_TYPES = {**_TYPES, "heading": "markdown", "html": "markdown", "text": "markdown"}
_AGAIN = "Please save the notebook in Jupyter and hand in that file."
_CLEAR = "Clear its outputs (Edit, then Clear Outputs of All Cells), save it and hand it in again."


def read_notebook(path: Path, max_bytes: int = MAX_BYTES) -> tuple[NotebookNode, list[Problem]]:
    """Return the notebook in `path` as nbformat 4.5, and what had to be mended to read it.

    Outputs, execution counts and the notebook's own metadata are dropped: marking makes its
    own. Text holds no lone surrogates, cell ids are unique, nbgrader metadata is complete or
    gone. Raises SubmissionError with kind `unreadable`, `empty`, `too-big`, `too-deep`,
    `not-json` or `not-a-notebook`, whatever the file holds, and allocates no more than
    twenty times `max_bytes` for it.
    """
    content = _utf8(_bytes(path, max_bytes), path.name)
    _refuse_crowds(content, path.name, max_bytes)
    try:
        return _notebook(_parse(content, path.name), path.name)
    except RecursionError:
        text = f"{path.name} is nested too deeply to be a notebook. {_AGAIN}"
        raise SubmissionError(text, "too-deep") from None


def _bytes(path: Path, max_bytes: int) -> bytes:
    if not path.is_file():  # a pipe or a device would make the read wait for ever
        raise SubmissionError(f"{path.name} is not a file.", "unreadable")
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise SubmissionError(f"{path.name} cannot be read: {error.strerror}.") from None
    if len(content) > max_bytes:
        text = f"{path.name} is larger than {max_bytes / 2**20:.3g} MB. {_CLEAR}"
        raise SubmissionError(text, "too-big")
    if not content.strip():
        raise SubmissionError(f"{path.name} is empty. {_AGAIN}", "empty")
    return content


def _utf8(content: bytes, name: str) -> bytes:
    """Return JSON of any encoding in UTF-8."""
    encoding = json.detect_encoding(content)
    if encoding.startswith("utf-8"):
        return content
    try:
        return content.decode(encoding).encode("utf-8")
    except ValueError:
        raise _not_json(name) from None


def _refuse_crowds(content: bytes, name: str, max_bytes: int) -> None:
    if holds_more_than(
        content,
        containers=max_bytes // _BYTES_PER_CONTAINER,
        values=max_bytes // _BYTES_PER_VALUE,
        keys=max_bytes // _BYTES_PER_KEY,
    ):
        text = f"{name} holds far more lists, objects and numbers than a notebook. {_CLEAR}"
        raise SubmissionError(text, "too-big")


def _parse(content: bytes, name: str) -> Any:
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, parse_constant=lambda _: None, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _not_json(name, f" (line {error.lineno}, column {error.colno})") from None
    except ValueError:
        raise _not_json(name) from None


def _not_json(name: str, where: str = " text") -> SubmissionError:
    text = f"{name} is not a notebook: what it holds is not JSON{where}. {_AGAIN}"
    return SubmissionError(text, "not-json")


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _notebook(data: Any, name: str) -> tuple[NotebookNode, list[Problem]]:
    if not isinstance(data, dict):
        data = {}
    raw = data.get("cells")
    old = not isinstance(raw, list)
    if old:
        raw = _worksheet_cells(data.get("worksheets"))
    if raw is None:
        raise SubmissionError(
            f"{name} is not a notebook: it is JSON, but holds no cells. {_AGAIN}", "not-a-notebook"
        )
    if len(raw) > _MAX_CELLS:
        raise SubmissionError(f"{name} holds more than {_MAX_CELLS} cells.", "too-big")
    cells = []
    broken = []
    ids: set[str] = set()
    for number, item in enumerate(raw, start=1):
        cell = _cell(item, number, ids, _OLD_TYPES if old else _TYPES)
        if cell is None:
            broken.append(str(number))
        else:
            cells.append(cell)
    if sum(len(cell["source"]) for cell in cells) > _MAX_TEXT:
        text = f"{name} holds more than {_MAX_TEXT >> 20} million characters of code and text."
        raise SubmissionError(text, "too-big")
    # Copied into nbformat's own kind of dict, each entry costs hundreds of bytes.
    if sum(_count([cell["metadata"], cell.get("attachments")]) for cell in cells) > _MAX_METADATA:
        text = f"{name} holds more than {_MAX_METADATA:,} values beside its text. {_AGAIN}"
        raise SubmissionError(text, "too-big")
    problems = []
    if old or data.get("nbformat") != 4:
        found = data.get("nbformat")
        version = f"version {found}" if isinstance(found, int) else "an unknown version"
        text = f"the file is in {version[:40]} of the notebook format; we read it as version 4."
        problems.append(harmless(None, "format", text))
    if broken:
        shown = ", ".join(broken[:5]) + (", …" if len(broken) > 5 else "")
        text = (
            f"{len(broken)} cell(s) of the file were damaged and had to be left out "
            f"(number {shown}). If your answer was there, please hand in again."
        )
        problems.append(Problem(f"cell {broken[0]}", "damaged", text))
    copied = _copied_ids(raw)
    if copied:
        text = f"several cells share an id ({', '.join(copied[:3])}); we gave each its own."
        problems.append(harmless(None, "copied-ids", text))
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return node(notebook), problems


def _copied_ids(raw: list[Any]) -> list[str]:
    """Return the ids that more than one cell of the file has."""
    ids = [item.get("id") for item in raw if isinstance(item, dict)]
    counts = Counter(value[:40] for value in ids if isinstance(value, str))
    return [_sound(value) for value, count in counts.items() if count > 1]


def _worksheet_cells(worksheets: Any) -> list[Any] | None:
    """Return the cells of a notebook before version 4, which came in worksheets."""
    if not isinstance(worksheets, list):
        return None
    cells = []
    for sheet in worksheets:
        if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list):
            cells += sheet["cells"]
    return cells


def _cell(item: Any, number: int, ids: set[str], types: dict[str, str]) -> dict[str, Any] | None:
    """Return a sound cell made of `item`, or None where it has no type or no text."""
    if not isinstance(item, dict):
        return None
    kind = item.get("cell_type")
    cell_type = types.get(kind) if isinstance(kind, str) else None
    source = _text(item.get("source", item.get("input")))
    if cell_type is None or source is None:
        return None
    if kind == "heading":
        level = item.get("level")
        source = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1) + " " + source
    metadata = _metadata(item.get("metadata"))
    nbgrader = _nbgrader(metadata.pop("nbgrader", None))
    if nbgrader is not None:
        metadata["nbgrader"] = nbgrader
    cell: dict[str, Any] = {
        "cell_type": cell_type,
        "id": _cell_id(item.get("id"), number, ids),
        "metadata": metadata,
        "source": source,
    }
    if cell_type == "code":
        cell |= {"execution_count": None, "outputs": _kept_outputs(item.get("outputs"))}
    else:
        attachments = _attachments(item.get("attachments"))
        if attachments:
            cell["attachments"] = attachments
    return cell


def _kept_outputs(outputs: Any) -> list[dict[str, Any]]:
    """Return what is kept of a code cell's outputs: whose numbers they show."""
    said = shown_lines(outputs)
    return [{"output_type": "stream", "name": "stdout", "text": said}] if said else []


def _text(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "".join(value)
    return _sound(value) if isinstance(value, str) else None


def _sound(text: str) -> str:
    """Return `text` with halves of surrogate pairs replaced: they cannot be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _cell_id(value: Any, number: int, ids: set[str]) -> str:
    if not (isinstance(value, str) and _CELL_ID.fullmatch(value)) or value in ids:
        value = f"cell-{number:03}"
        while value in ids:
            value += "x"
    ids.add(value)
    return str(value)


def _metadata(value: Any) -> dict[str, Any]:
    """Return a cell's metadata without those of Jupyter's own entries that are not as they must."""
    if not isinstance(value, dict):
        return {}
    cleaned: dict[str, Any] = _clean(value)
    return {
        key: item for key, item in cleaned.items() if key not in _JUPYTER or _JUPYTER[key](item)
    }


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_tags(value: Any) -> bool:
    good = isinstance(value, list) and all(_is_name(tag) and "," not in tag for tag in value)
    return good and len(set(value)) == len(value)


# What nbformat says these entries are; with another a notebook could not be written.
_JUPYTER: dict[str, Callable[[Any], bool]] = {
    "name": _is_name,
    "tags": _is_tags,
    "format": lambda value: isinstance(value, str),
    "collapsed": lambda value: isinstance(value, bool),
    "scrolled": lambda value: isinstance(value, bool) or value == "auto",
    "jupyter": lambda value: isinstance(value, dict),
    "execution": lambda value: (
        isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    ),
}


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    """Return the pictures of a markdown cell: file name to MIME type to base64 text."""
    if not isinstance(value, dict):
        return {}
    found: dict[str, dict[str, str]] = {}
    for name, bundle in value.items():
        if isinstance(bundle, dict):
            texts = {kind: _text(content) for kind, content in bundle.items()}
            good = {_sound(kind): text for kind, text in texts.items() if text is not None}
            if good:
                found[_sound(name)] = good
    return found


def _nbgrader(value: Any) -> dict[str, Any] | None:
    """Return complete nbgrader metadata, or None where the cell cannot be named by it."""
    if not isinstance(value, dict):
        return None
    grade_id = value.get("grade_id")
    if not (isinstance(grade_id, str) and _GRADE_ID.fullmatch(grade_id)):
        return None
    flags = {flag: value.get(flag) is True for flag in ("grade", "solution", "locked", "task")}
    if not any(flags.values()):
        return None
    metadata = {"grade_id": grade_id, "schema_version": 3, **flags}
    if flags["grade"] or flags["task"]:
        metadata["points"] = _points(value.get("points"))
    return metadata


def _points(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(min(max(value, 0), _MAX_POINTS))


def _count(value: Any) -> int:
    """Return how many values there are in what JSON gave."""
    if isinstance(value, dict):
        return 1 + sum(map(_count, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(_count, value))
    return 1


def _clean(value: Any, depth: int = 0) -> Any:
    if depth > _MAX_DEPTH:
        raise RecursionError
    if isinstance(value, str):
        return _sound(value)
    if isinstance(value, dict):
        return {_sound(key): _clean(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, depth + 1) for item in value]
    return value
