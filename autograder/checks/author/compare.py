"""Comparisons that explain themselves: each raises CheckFailed, in a teacher's words."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checks.author.diagnose import diagnose, diagnose_shape
from autograder.checks.author.values import (
    Array,
    answer_array,
    is_number,
    is_tensor,
    kind_of,
    require_fetched,
    require_returned,
    same_values,
    show,
    show_number,
    to_array,
    wide,
    wrong_kind,
)
from autograder.checks.results import CheckFailed, clean, told
from autograder.checks.runner.student import Remote, Student

# What a result is called, or each of several.
Names = str | Sequence[str] | Mapping[Any, str]

_RESULT = "your result"
ATOL = 1e-9
_MAX_HINT = 10_000
_PIECE = 1 << 20


def close(
    actual: object,
    expected: Any,
    *,
    rtol: float = 1e-7,
    atol: float = ATOL,
    name: Names = _RESULT,
    N: int | None = None,
    mistakes: Mapping[str, Any] | None = None,
) -> None:
    """Require that numbers agree: |actual − expected| ≤ atol + rtol·|expected| everywhere.

    `expected` is a number, array, tensor, or a list, tuple or dict of these, which is
    compared part by part. `name` is what messages call the result. A tuple of names stands for
    the parts of a returned tuple; a dictionary from keys, or places in a tuple, to names says
    which parts are compared, and in which order. `N` is the batch size, so that a forgotten mean
    can be named; `mistakes` maps a message to the wrong value that it explains (of several
    results, to one of each or None). Raises CheckFailed with what is wrong, ValueError when
    `expected` itself is NaN.
    """
    if not (rtol >= 0 and atol >= 0 and math.isfinite(rtol + atol)):
        raise ValueError(f"tolerances must be numbers ≥ 0, got rtol={rtol!r}, atol={atol!r}")
    options: dict[str, Any] = {"rtol": rtol, "atol": atol, "N": N}
    if not isinstance(name, str):
        for key, path, got, want in _named(actual, expected, name):
            slips = {t: w[key] for t, w in (mistakes or {}).items() if w[key] is not None}
            close(got, want, name=path, mistakes=slips, **options)
        return
    if _is_structure(expected):
        if mistakes:
            raise ValueError("mistakes= explains a single array: compare the parts one by one")
        for path, got, want in _parts(actual, expected, name):
            close(got, want, name=path, **options)
        return
    target = to_array(expected)
    if np.isnan(wide(target)).any():
        raise ValueError("the expected value is NaN: this check compares with nothing")
    got = answer_array(actual, target, name=name)
    _require_shape(got, target, name=name, rtol=rtol, atol=atol)
    got, want = wide(got), wide(target)
    _require_finite(got, want, name)
    right = same_values(got, want, rtol=rtol, atol=atol)
    if right.all():
        return
    detail = _differences(got, want, right)
    for text, wrong in (mistakes or {}).items():
        if _is_mistake(got, want, wrong, rtol=rtol, atol=atol):
            raise CheckFailed(f"{name} is wrong: {text}", detail=detail, misconception=_slug(text))
    found = diagnose(got, want, N=N, rtol=rtol, atol=atol)
    if found is not None:
        raise CheckFailed(f"{name} {found.text}", detail=detail, misconception=found.misconception)
    raise CheckFailed(f"{name} {_how_many(right)}", detail=detail, misconception="values")


def equal(actual: object, expected: Any, *, name: Names = _RESULT) -> None:
    """Require the very same value: integers, strings, truth values, and containers of them.

    1 and 1.0 are equal, and so are an array and a list of its numbers; True and 1 are not.
    `name` is as in `close`.
    """
    require_fetched(actual)
    if not isinstance(name, str):
        for _, path, got, want in _named(actual, expected, name):
            equal(got, want, name=path)
        return
    if expected is not None:
        require_returned(actual, name)
    if _is_structure(expected):
        for path, got, want in _parts(actual, expected, name):
            equal(got, want, name=path)
        return
    if _is_numeric(expected):
        target = to_array(expected)
        got = answer_array(actual, target, name=name)
        if target.dtype.kind == "b" and got.dtype.kind != "b":
            raise wrong_kind(actual, name, "True or False")
        _require_shape(got, target, name=name, rtol=0, atol=0)
        right = np.asarray((got == target) | ((got != got) & (target != target)))
        if not right.all():
            detail = _differences(got, target, right)
            raise CheckFailed(f"{name} {_how_many(right)}", detail=detail, misconception="values")
        return
    if type(actual) is not type(expected):
        raise wrong_kind(actual, name, kind_of(expected))
    if actual != expected:
        said = f"{name} is wrong{_text_hint(actual, expected)}"
        detail = f"got {clean(_repr(actual), 120)}, expected {clean(_repr(expected), 120)}"
        raise CheckFailed(said, detail=detail, misconception="values")


def shaped(actual: object, shape: Sequence[int | None], *, name: str = _RESULT) -> Array:
    """Require an array of the given shape, None for any length, and return it as a numpy array.

    Raises CheckFailed when it has another shape or holds NaN or no numbers at all.
    """
    want = tuple(shape)
    got = answer_array(actual, np.zeros(()) if not want else np.zeros(1), name=name)
    fits = len(got.shape) == len(want) and all(
        n is None or n == m for n, m in zip(want, got.shape, strict=True)
    )
    if not fits:
        text = ", ".join("any" if n is None else str(n) for n in want)
        text = f"({text},)" if len(want) == 1 else f"({text})"
        turned = len(want) > 1 and got.shape == want[::-1]
        hint = ": the axes are the other way round" if turned else ""
        said = f"{name} has shape {got.shape}, expected {text}{hint}"
        raise CheckFailed(said, misconception="shape")
    _require_finite(got, np.zeros(()), name)
    return got


def unchanged(student: Student) -> None:
    """Require that the student's last call left its arguments alone."""
    if student.mutated:
        what = told(" " + " and ".join(f"`{name}`" for name in student.mutated))
        raise CheckFailed(
            f"`{clean(student.last_call, 80)}` changes its argument{what} in place: work on a copy",
            misconception="mutated",
        )


def repeatable(function: Any, *args: object, **kwargs: object) -> Any:
    """Call a student's function twice with equal arguments and return its result.

    Raises CheckFailed when the two results differ: the function depends on something
    that it keeps outside itself.
    """
    if isinstance(function, Remote):
        # In one exchange: before each, the session seeds what has no seed of its own.
        (first, second), _ = function.each([(args, kwargs)] * 2)
    else:
        first = function(*copy.deepcopy(args), **copy.deepcopy(kwargs))
        second = function(*copy.deepcopy(args), **copy.deepcopy(kwargs))
    if not _same(first, second):
        label = getattr(function, "_label", "the function")
        raise CheckFailed(
            f"two calls of `{label}` with the same arguments differ: does it use or change "
            "a global variable?",
            misconception="global-state",
        )
    return first


def unpack(value: object, n: int, *, name: str = _RESULT) -> tuple[Any, ...]:
    """Return the `n` parts of a returned tuple or list, or say that there are not `n`."""
    require_returned(value, name)
    if not isinstance(value, tuple | list):
        raise wrong_kind(value, name, f"{n} values")
    if len(value) != n:
        raise CheckFailed(f"{name} has {len(value)} values, expected {n}", misconception="type")
    return tuple(value)


def entry(results: object, key: object, name: str = "the result") -> Any:
    """Return one entry of a dictionary of answers, or say that it is missing or None."""
    if not isinstance(results, dict) or key not in results:
        said = f'{name} must be a dictionary with an entry "{key}"'
        raise CheckFailed(said, misconception="missing")
    if results[key] is None:
        said = f'not answered yet: the entry "{key}" of {name} is None'
        raise CheckFailed(said, misconception="not-answered")
    return results[key]


def _named(actual: object, expected: Any, names: Names) -> list[tuple[Any, str, Any, Any]]:
    """Return key, name, found and expected value of each part that has a name."""
    by_key = names if isinstance(names, Mapping) else dict(enumerate(names))
    return [(key, each, *part_of(actual, expected, key)) for key, each in by_key.items()]


def part_of(actual: object, expected: Any, key: Any) -> tuple[Any, Any]:
    """Return found and expected value at a key of a dictionary, or at a place in a tuple."""
    if isinstance(expected, Mapping):
        return entry(actual, key), expected[key]
    return unpack(actual, len(expected), name="the result")[key], expected[key]


def _is_numeric(value: object) -> bool:
    if isinstance(value, np.ndarray | np.generic | bool) or is_number(value) or is_tensor(value):
        return True
    return isinstance(value, list | tuple) and not _is_structure(value)


def _is_structure(value: object) -> bool:
    """Return whether a value is compared part by part rather than as one array."""
    if isinstance(value, dict):
        return True
    if not isinstance(value, list | tuple):
        return False
    try:
        to_array(value)
    except TypeError:
        return True
    return any(isinstance(item, np.ndarray) or is_tensor(item) for item in value)


def _parts(actual: object, expected: Any, name: str) -> list[tuple[str, object, Any]]:
    require_returned(actual, name)
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            raise wrong_kind(actual, name, "a dictionary")
        missing = [key for key in expected if key not in actual]
        if missing:
            keys = ", ".join(repr(key) for key in missing)
            raise CheckFailed(f"{name} has no entry {keys}", misconception="missing")
        extra = [key for key in actual if key not in expected]
        if extra:
            keys = clean(", ".join(repr(key) for key in extra), 120)
            said = f"{name} has an entry too many{told(f': {keys}')}"
            raise CheckFailed(said, misconception="extra")
        return [(f"{name}[{key!r}]", actual[key], want) for key, want in expected.items()]
    if is_tensor(actual) or isinstance(actual, np.ndarray):
        array: Any = actual
        if array.ndim == 0 or len(array) != len(expected):
            said = f"{name} is one array, expected {len(expected)} parts"
            raise CheckFailed(said, misconception="type")
        actual = list(array)
    parts = unpack(actual, len(expected), name=name)
    return [(f"{name}[{i}]", got, expected[i]) for i, got in enumerate(parts)]


def _require_shape(got: Array, want: Array, *, name: str, rtol: float, atol: float) -> None:
    if got.shape == want.shape:
        return
    found = diagnose_shape(got, want, rtol=rtol, atol=atol)
    raise CheckFailed(f"{name} {found.text}", misconception=found.misconception)


def _require_finite(got: Array, want: Array, name: str) -> None:
    if got.dtype.kind in "biu":
        return
    nans = int(np.isnan(got).sum())
    if nans:
        what = "NaN" if got.ndim == 0 else f"NaN in {nans} of {got.size} entries"
        said = f"{name} is {what}: 0/0, ∞/∞, ∞−∞, 0·∞, or a root or log of something negative?"
        raise CheckFailed(said, misconception="nan")
    surprising = np.isinf(got) & ~np.isinf(want)
    if surprising.any():
        what = "infinite" if got.ndim == 0 else f"infinite in {int(surprising.sum())} entries"
        said = f"{name} is {what}: an overflow or a division by zero?"
        raise CheckFailed(said, misconception="inf")


def _is_mistake(got: Array, want: Array, wrong: Any, *, rtol: float, atol: float) -> bool:
    array = wide(to_array(wrong))
    if array.shape != got.shape or same_values(array, want, rtol=rtol, atol=atol).all():
        return False
    return bool(same_values(got, array, rtol=max(rtol, 1e-6), atol=atol).all())


def _how_many(right: Array) -> str:
    wrong = int((~right).sum())
    if right.size == 1:
        return "is wrong"
    if wrong == right.size:
        return f"is wrong in all {wrong} entries"
    return f"is wrong in {wrong} of {right.size} entries"


def _differences(got: Array, want: Array, right: Array) -> str:
    """Show a small array whole, and of a larger one the entry that is farthest off."""
    if got.size <= 8:
        return f"got {show(got)}, expected {show(want)}"
    with np.errstate(all="ignore"):
        distance = np.abs(wide(got) - wide(want))
    distance[right] = -1
    distance[np.isnan(distance)] = np.inf
    where = np.unravel_index(int(np.argmax(distance)), got.shape)
    index = ", ".join(str(int(i)) for i in where)
    found, expected = show_number(got[where]), show_number(want[where])
    if found == expected:
        found, expected = f"{got[where]:.17g}", f"{want[where]:.17g}"
    return f"farthest off at [{index}]: got {found}, expected {expected}"


def _text_hint(actual: object, expected: object) -> str:
    if isinstance(actual, str) and isinstance(expected, str) and len(actual) <= _MAX_HINT:
        if "".join(actual.split()) == "".join(expected.split()):
            return ": only the spaces differ"
        if actual.casefold() == expected.casefold():
            return ": only upper and lower case differ"
    return ""


def _same(first: object, second: object) -> bool:
    if isinstance(first, Remote) and isinstance(second, Remote):
        return first.kind == second.kind
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(_same(first[k], second[k]) for k in first)
    if isinstance(first, list | tuple) and isinstance(second, list | tuple):
        return len(first) == len(second) and all(
            _same(a, b) for a, b in zip(first, second, strict=True)
        )
    try:
        a, b = to_array(first), to_array(second)
    except TypeError:
        return type(first) is type(second) and first == second
    # In pieces: of two large answers several copies would be made.
    pieces = (
        (wide(a.ravel()[i : i + _PIECE]), wide(b.ravel()[i : i + _PIECE]))
        for i in range(0, a.size, _PIECE)
    )
    return a.shape == b.shape and all(
        np.allclose(*pair, rtol=1e-9, atol=1e-12, equal_nan=True) for pair in pieces
    )


def _repr(value: object) -> str:
    """Return the beginning of `value`, quoted; a text of megabytes is not spelt out for it."""
    return repr(value[:_MAX_HINT]) if isinstance(value, str | bytes) else repr(value)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:48] or "mistake"
