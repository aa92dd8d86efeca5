"""The texts in a released file, those that are packed, encoded or escaped included."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbconvert.filters import strip_ansi

_TAG = re.compile(r"<[^<>]*>")
_PRINTABLE = re.compile(rb"[\t\x20-\x7e]{6,}")
_MAX_UNPACKED = 256 * 2**20
_MAX_DEPTH = 3


@dataclass(frozen=True)
class Piece:
    """A text in a released file, and where in it."""

    where: str
    text: str


def pieces(name: str, content: bytes) -> Iterator[Piece]:
    """Yield every text in a file: cells, outputs and metadata of a notebook, archive members."""
    if name.endswith(".ipynb"):
        try:
            notebook = json.loads(content)
            cells = notebook["cells"]
        except (ValueError, KeyError, TypeError):
            yield from _file(name, content)
            return
        for number, cell in enumerate(cells, start=1):
            yield from _cell(f"{name}, cell {number}", cell)
        yield from _values(f"{name}, metadata", notebook.get("metadata"))
    else:
        yield from _file(name, content)


def _cell(where: str, cell: dict[str, Any]) -> Iterator[Piece]:
    label = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
    where += f" ({label})" if label else ""
    yield from _texts(where, _joined(cell.get("source", "")))
    yield from _values(f"{where}, metadata", cell.get("metadata"))
    yield from _values(f"{where}, output", cell.get("outputs"))
    for file, bundle in cell.get("attachments", {}).items():
        for text in bundle.values():
            yield from _texts(f"{where}, attachment {file}", text)
            yield from _file(f"{where}, attachment {file}", _decoded(_joined(text)))


def _values(where: str, value: Any) -> Iterator[Piece]:
    """Yield every string in nested data; a list of strings is the lines of one text."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _values(where, key)
            yield from _values(where, item)
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield from _texts(where, "".join(value))
            yield from _texts(where, "\n".join(value))
        else:
            for item in value:
                yield from _values(where, item)
    elif isinstance(value, str):
        yield from _texts(where, value)
        if len(value) >= 16 and "\n" not in value.strip():
            yield from _file(where, _decoded(value))


def _texts(where: str, text: Any) -> Iterator[Piece]:
    """Yield a text as it is and as it reads: without colours, tags and escapes."""
    text = _joined(text)
    plain = str(strip_ansi(text))
    forms = (text, plain, html.unescape(plain), html.unescape(_TAG.sub("", plain)))
    for form in dict.fromkeys(forms):
        yield Piece(where, form)


def _file(where: str, content: bytes, depth: int = 0) -> Iterator[Piece]:
    if not content or depth > _MAX_DEPTH:
        return
    if content.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(io.BytesIO(content)) as packed:
                yield from _file(f"{where} (unpacked)", packed.read(_MAX_UNPACKED), depth + 1)
        except (OSError, EOFError, zlib.error):
            pass
    elif zipfile.is_zipfile(io.BytesIO(content)):  # .npz and .pt files are archives too
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield Piece(where, member.filename)
                try:
                    with archive.open(member) as packed:
                        inside = packed.read(_MAX_UNPACKED)
                except (OSError, RuntimeError, zipfile.BadZipFile, zlib.error):
                    continue
                yield from _file(f"{where}, {member.filename}", inside, depth + 1)
    yield from _texts(where, _readable(content))


def _readable(content: bytes) -> str:
    """Return the text of a file, or of a binary one the runs of printable characters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" not in content:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return "\n".join(run.decode("ascii") for run in _PRINTABLE.findall(content))


def _decoded(text: str) -> bytes:
    """Return what base64 text stands for, empty where it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _joined(text: Any) -> str:
    if isinstance(text, list):
        return "".join(map(str, text))
    return text if isinstance(text, str) else ""
