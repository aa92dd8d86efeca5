"""Checking the outputs and errors of cells that a session reports, against nbformat."""

from __future__ import annotations

import re
from typing import Any

from autograder.errors import MissingNameError, StudentError, WireError
from autograder.sandbox.wire.kinds import Json

_MIME = re.compile(r"[a-z0-9.+-]{1,60}/[A-Za-z0-9.+_-]{1,100}")
_RESULT = {"output_type", "data", "metadata", "execution_count"}
_MAX_OUTPUTS = 2000
# Cost of one output besides its text.
_OVERHEAD = 64
TRUNCATED = "output truncated: a cell may show no more than this\n"


def student_error(node: Json) -> StudentError:
    """Return the error that a session reports, its text clipped."""
    if type(node) is not dict or set(node) != {"type", "message", "trace", "missing"}:
        raise WireError("malformed error")
    kind, message, trace, missing = (node[k] for k in ("type", "message", "trace", "missing"))
    if type(kind) is not str or type(message) is not str or type(missing) is not bool:
        raise WireError("malformed error")
    if type(trace) is not list or not all(type(line) is str for line in trace):
        raise WireError("malformed error")
    try:
        "".join((kind, message, *trace)).encode("utf-8")
    except UnicodeEncodeError:
        raise WireError("malformed error") from None
    lines = tuple(line[:300] for line in trace[-20:])
    error = MissingNameError if missing else StudentError
    return error(kind[:100], message[:2000], lines)


def cell_outputs(node: object, limit: int) -> list[dict[str, Any]]:
    """Return `node` as a list of nbformat outputs of at most `limit` bytes altogether.

    Raises WireError for anything that is not one: an honest session has truncated already.
    """
    if type(node) is not list or len(node) > _MAX_OUTPUTS:
        raise WireError("malformed outputs")
    outputs = [_output(item) for item in node]
    # The note about truncation, and one traceback, come on top of what was kept.
    if sum(output_size(output) for output in outputs) > 2 * limit + 65536:
        raise WireError("a cell's outputs are larger than allowed")
    return outputs


def output_size(output: Any) -> int:
    """Return how many characters an output, or a part of one, holds."""
    if isinstance(output, str):
        return len(output)
    if isinstance(output, dict):
        return _OVERHEAD + sum(len(key) + output_size(item) for key, item in output.items())
    if isinstance(output, list):
        return _OVERHEAD + sum(map(output_size, output))
    return _OVERHEAD


def _output(node: Any) -> dict[str, Any]:
    if type(node) is not dict:
        raise WireError("malformed output")
    kind = node.get("output_type")
    # An array compares to an array, whose truth is an exception.
    match kind if type(kind) is str else None:
        case "stream" if set(node) == {"output_type", "name", "text"}:
            good = type(node["name"]) is str and type(node["text"]) is str
            good = good and node["name"] in ("stdout", "stderr")
        case "error" if set(node) == {"output_type", "ename", "evalue", "traceback"}:
            lines = node["traceback"]
            good = type(node["ename"]) is str and type(node["evalue"]) is str
            good = good and type(lines) is list and all(type(line) is str for line in lines)
        case "display_data" if set(node) == {"output_type", "data", "metadata"}:
            good = _is_bundle(node["data"]) and _is_metadata(node["metadata"])
        case "execute_result" if set(node) == _RESULT:
            count = node["execution_count"]
            good = _is_bundle(node["data"]) and _is_metadata(node["metadata"])
            good = good and (count is None or (type(count) is int and 0 <= count < 1 << 31))
        case _:
            good = False
    if not good:
        raise WireError("malformed output")
    return node


def _is_bundle(data: Any) -> bool:
    if type(data) is not dict:
        return False
    for mime, content in data.items():
        if type(mime) is not str or not _MIME.fullmatch(mime):
            return False
        if type(content) is not str and not (mime.endswith("json") and is_json(content)):
            return False
    return True


def _is_metadata(metadata: Any) -> bool:
    return type(metadata) is dict and is_json(metadata)


def is_json(value: Any) -> bool:
    """Return whether JSON can say `value`: no arrays, tuples or keys that are not text."""
    if type(value) is dict:
        return all(type(key) is str and is_json(item) for key, item in value.items())
    if type(value) is list:
        return all(map(is_json, value))
    if type(value) is float:
        return value - value == 0
    return value is None or type(value) in (str, int, bool)
