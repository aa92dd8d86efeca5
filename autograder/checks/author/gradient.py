"""Gradients against central differences in float64.

    gradient.check(loss, grads, {"W": W, "b": b}, rng=rng)

The norm ratio ‖a − n‖ / (‖a‖ + ‖n‖) of right gradients is below 1e-9 at h = 1e-5, that of
an entry wrong by one percent far above the 1e-7 asked for. Each entry is held to the same
standard, so that a small one cannot hide behind large ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.author.compare import unpack
from autograder.checks.author.diagnose import diagnose, diagnose_shape
from autograder.checks.author.values import (
    Array,
    answer_array,
    kind_of,
    show_number,
    to_array,
    wide,
)
from autograder.checks.results import CheckFailed

Params = Mapping[str, Any] | Sequence[Any] | Any
_EPS = float(np.finfo(np.float64).eps)
_STEP = 1e-5


def numerical(f: Callable[[Array], Any], x: Any) -> Array:
    """Return the gradient of f at x by central differences, an array of x's shape.

    Raises ValueError where f returns more than one number.
    """
    gradient, _ = _differences(lambda x: _number(f(x)), wide(to_array(x)).copy())
    return gradient


def check(
    f: Callable[..., Any],
    grads: Any,
    params: Params,
    *,
    tol: float = 1e-7,
    names: Sequence[str] | None = None,
    N: int | None = None,
) -> None:
    """Require that `grads` are the gradients of `f` at `params`, or raise CheckFailed.

    `params` is an array, or a list, tuple or dict of arrays; `grads` is the like of it, and f is
    called with the like of it in float64. `N` is the batch size, so that a forgotten mean can
    be named. Raises ValueError where f returns more than one number.
    """
    keys, values = _named(params, names)
    arrays = [wide(to_array(value)).copy() for value in values]

    def loss(place: int, x: Array) -> float:
        """Return f with the parameter at `place` replaced; f may change what it gets."""
        varied = [x if i == place else array.copy() for i, array in enumerate(arrays)]
        return _number(f(_rebuilt(params, varied)))

    if not np.isfinite(loss(0, arrays[0].copy())):
        raise CheckFailed("the loss is not a finite number", misconception="nan")
    found = _analytic(grads, params, keys, arrays)
    differences = [_differences(partial(loss, i), array) for i, array in enumerate(arrays)]
    if all(not gradient.any() for gradient, _ in differences):
        raise CheckFailed(
            "the loss does not change with any parameter: is it computed from them?",
            misconception="constant",
        )
    for key, got, (want, noise) in zip(keys, found, differences, strict=True):
        _compare(key, got, want, noise, tol=tol, N=N)


def both_sides(
    f: Callable[[Array], Any], x: Array, index: tuple[int, ...], h: float
) -> tuple[Any, Any, float, float]:
    """Return f above and below x in one entry, and how far away: h, but for rounding."""
    high, low = x.copy(), x.copy()
    high[index] += h
    low[index] -= h
    return f(high), f(low), high[index] - x[index], x[index] - low[index]


def _differences(f: Callable[[Array], float], x: Array) -> tuple[Array, float]:
    """Return the numerical gradient of f, and how noisy its entries may be."""
    gradient = np.zeros(x.shape)
    largest = abs(f(x.copy()))
    for index in np.ndindex(x.shape):
        above, below, up, down = both_sides(f, x, index, _STEP)
        gradient[index] = (above - below) / (up + down)
        largest = max(largest, abs(above), abs(below))
    # f is rounded to its last digit, and differences divide that by the step.
    return gradient, 8 * _EPS * max(largest, _EPS) / _STEP


def _number(value: Any) -> float:
    array = wide(to_array(value))
    if array.size != 1:
        raise ValueError(f"f has shape {array.shape}, expected a single number")
    return float(array.reshape(()))


def _compare(key: str, got: Array, want: Array, noise: float, *, tol: float, N: int | None) -> None:
    name = f"the gradient of `{key}`"
    if not np.isfinite(got).all():
        raise CheckFailed(f"{name} has NaN or infinite entries", misconception="nan")
    off = np.abs(got - want)
    size = float(np.linalg.norm(got) + np.linalg.norm(want))
    floor = noise * np.sqrt(max(want.size, 1))
    entries = tol * (np.abs(got) + np.abs(want)) + 1e-8 * np.abs(want).max(initial=0.0) + floor
    if float(np.linalg.norm(off)) <= tol * size + floor and (off <= entries).all():
        return
    worst = tuple(int(i) for i in np.unravel_index(int(np.argmax(off)), off.shape))
    where = f" at [{', '.join(map(str, worst))}]" if got.ndim else ""
    detail = (
        f"farthest off{where}: got {show_number(got[worst])}, differences (h={_STEP:g}) give "
        f"{show_number(want[worst])}"
    )
    told = diagnose(got, want, N=N, rtol=1e-6, atol=100 * noise)
    if told is not None:
        raise CheckFailed(f"{name} {told.text}", detail=detail, misconception=told.misconception)
    wrong = int((off > entries).sum()) or int((off > 0).sum())
    what = "is wrong" if off.size == 1 else f"is wrong in {wrong} of {off.size} entries"
    raise CheckFailed(f"{name} {what}", detail=detail, misconception="gradient")


def _analytic(grads: Any, params: Params, keys: list[str], arrays: list[Array]) -> list[Array]:
    """Return the given gradients as arrays of the parameters' shapes, or say what is wrong."""
    if isinstance(params, Mapping):
        if not isinstance(grads, Mapping):
            raise CheckFailed(
                f"the gradients are {kind_of(grads)}, expected a dictionary", misconception="type"
            )
        missing = [key for key in params if key not in grads]
        if missing:
            raise CheckFailed(f"there is no gradient of `{missing[0]}`", misconception="missing")
        parts: Sequence[object] = [grads[key] for key in params]
    elif isinstance(params, list | tuple):
        parts = unpack(grads, len(arrays), name="the gradients")
    else:
        parts = [grads]
    found = []
    for key, part, array in zip(keys, parts, arrays, strict=True):
        name = f"the gradient of `{key}`"
        got = answer_array(part, array, name=name)
        if got.shape != array.shape:
            told = diagnose_shape(got, array, rtol=0, atol=0)
            raise CheckFailed(f"{name} {told.text}", misconception=told.misconception)
        found.append(wide(got))
    return found


def _named(params: Params, names: Sequence[str] | None) -> tuple[list[str], list[Any]]:
    if isinstance(params, Mapping):
        keys, values = [str(key) for key in params], list(params.values())
    elif isinstance(params, list | tuple):
        keys, values = [f"parameter {i + 1}" for i in range(len(params))], list(params)
    else:
        keys, values = ["x"], [params]
    if names is not None:
        if len(names) != len(values):
            raise ValueError(f"{len(names)} names for {len(values)} parameters")
        keys = list(names)
    return keys, values


def _rebuilt(params: Params, arrays: list[Array]) -> Any:
    """Return arrays in the structure of `params`."""
    if isinstance(params, Mapping):
        return dict(zip(params, arrays, strict=True))
    if isinstance(params, list | tuple):
        return type(params)(arrays)
    return arrays[0]
