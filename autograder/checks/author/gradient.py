"""Gradients against central differences in float64.

    gradient.check(loss, grads, {"W": W, "b": b}, rng=rng)

The norm ratio ‖a − n‖ / (‖a‖ + ‖n‖) of right gradients is below 1e-9 at h = 1e-5, that of
an entry wrong by one percent far above the 1e-7 asked for. Each entry is held to the same
standard, so that a small one cannot hide behind large ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
_MAX_KINKS = 0.2


def numerical(
    f: Callable[[Array], Any], x: Any, *, h: float = 1e-5, cotangent: Any = None
) -> Array:
    """Return the gradient of f at x by central differences, an array of x's shape.

    Where f is not scalar, `cotangent` of f's shape says of which sum: Σ cotangent · f(x).
    """
    start = wide(to_array(x)).copy()
    return _differences(_scalar(f, cotangent), start, h).gradient


def check(
    f: Callable[..., Any],
    grads: Any,
    params: Params,
    *,
    h: float = 1e-5,
    tol: float = 1e-7,
    rng: np.random.Generator | None = None,
    cotangent: Any = None,
    kinks: bool = False,
    names: Sequence[str] | None = None,
    N: int | None = None,
) -> None:
    """Require that `grads` are the gradients of `f` at `params`, or raise CheckFailed.

    `params` is an array, or a list, tuple or dict of arrays; f is called with the like of
    it in float64. `grads` is the like of it, too, or a function of the cotangent that
    returns it: where f is not scalar a random cotangent is drawn from `rng`. With `kinks=True`
    entries at which f is not smooth (a ReLU's corner within h) are left out, at most a
    fifth. `N` is the batch size, so that a forgotten mean can be named.
    """
    keys, values = _named(params, names)
    arrays = [wide(to_array(value)).copy() for value in values]

    def call(values: list[Array]) -> Any:
        return f(_rebuilt(params, values))

    value = wide(to_array(call([array.copy() for array in arrays])))
    if not np.isfinite(value).all():
        raise CheckFailed("the loss is not a finite number", misconception="nan")
    if value.ndim and cotangent is None:
        if rng is None or not callable(grads):
            raise ValueError("f is not scalar: pass grads as a function of the cotangent, and rng")
        cotangent = rng.standard_normal(value.shape)
    analytic = grads(1.0 if cotangent is None else cotangent) if callable(grads) else grads
    found = _analytic(analytic, params, keys, arrays)
    scalar = _scalar(call, cotangent)
    differences = [_of_one(scalar, arrays, i, h, kinks=kinks) for i in range(len(arrays))]
    if all(not d.gradient.any() for d in differences):
        raise CheckFailed(
            "the loss does not change with any parameter: is it computed from them?",
            misconception="constant",
        )
    _limit_kinks(differences)
    for key, got, numeric in zip(keys, found, differences, strict=True):
        _compare(key, got, numeric, tol=tol, h=h, N=N)


@dataclass(frozen=True)
class _Differences:
    """A numerical gradient, which entries of it to trust, and how noisy they may be."""

    gradient: Array
    smooth: Array
    noise: float


def _differences(
    f: Callable[[Array], float], x: Array, h: float, kinks: bool = False
) -> _Differences:
    gradient = np.zeros(x.shape)
    smooth = np.ones(x.shape, dtype=bool)
    middle = f(x.copy())
    largest = abs(middle)
    bends = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        gradient[index], bend, size = _at(f, x, index, h, middle)
        largest = max(largest, size)
        if kinks:
            half, half_bend, _ = _at(f, x, index, h / 2, middle)
            # A smooth function's one-sided slopes differ by h·f″, which halves with h; a
            # kink's do not. Its central slope moves, unless the kink is in the middle.
            bends[index] = np.maximum(abs(gradient[index] - half), abs(bend - 2 * half_bend))
    # f is rounded to its last digit, and differences divide that by h.
    noise = 8 * _EPS * max(largest, _EPS) / h
    if kinks:
        smooth = bends <= 1e-8 * float(np.linalg.norm(gradient)) + 8 * noise
    return _Differences(gradient, smooth, noise)


def _at(
    f: Callable[[Array], float], x: Array, index: tuple[int, ...], h: float, middle: float
) -> tuple[float, float, float]:
    """Return the central slope, the difference of one-sided slopes, and the size of f."""
    high, low = x.copy(), x.copy()
    high[index] += h
    low[index] -= h
    above, below = f(high), f(low)
    up, down = high[index] - x[index], x[index] - low[index]
    central = (above - below) / (up + down)
    bend = (above - middle) / up - (middle - below) / down
    return central, bend, max(abs(above), abs(below))


def _of_one(
    f: Callable[[list[Array]], float], arrays: list[Array], i: int, h: float, *, kinks: bool
) -> _Differences:
    def vary(x: Array) -> float:
        return f([x if j == i else array.copy() for j, array in enumerate(arrays)])

    return _differences(vary, arrays[i], h, kinks)


def _compare(
    key: str, got: Array, numeric: _Differences, *, tol: float, h: float, N: int | None
) -> None:
    name = f"the gradient of `{key}`"
    if not np.isfinite(got).all():
        raise CheckFailed(f"{name} has NaN or infinite entries", misconception="nan")
    want, smooth = numeric.gradient, numeric.smooth
    off = np.where(smooth, np.abs(got - want), 0.0)
    size = float(np.linalg.norm(got[smooth]) + np.linalg.norm(want[smooth]))
    floor = numeric.noise * np.sqrt(max(want.size, 1))
    entries = tol * (np.abs(got) + np.abs(want)) + 1e-8 * np.abs(want).max(initial=0.0) + floor
    if float(np.linalg.norm(off)) <= tol * size + floor and (off <= entries).all():
        return
    worst = tuple(int(i) for i in np.unravel_index(int(np.argmax(off)), off.shape))
    where = f" at [{', '.join(map(str, worst))}]" if got.ndim else ""
    detail = (
        f"farthest off{where}: got {show_number(got[worst])}, differences (h={h:g}) give "
        f"{show_number(want[worst])}"
    )
    told = diagnose(got, want, N=N, rtol=1e-6, atol=100 * numeric.noise) if smooth.all() else None
    if told is not None:
        raise CheckFailed(f"{name} {told.text}", detail=detail, misconception=told.misconception)
    wrong = int((off > entries).sum()) or int((off > 0).sum())
    what = "is wrong" if off.size == 1 else f"is wrong in {wrong} of {off.size} entries"
    raise CheckFailed(f"{name} {what}", detail=detail, misconception="gradient")


def _limit_kinks(differences: list[_Differences]) -> None:
    dropped = sum(int((~d.smooth).sum()) for d in differences)
    total = sum(d.smooth.size for d in differences)
    if dropped > _MAX_KINKS * total:
        raise CheckFailed(
            f"the loss is not smooth at {dropped} of {total} entries: does it draw random "
            "numbers or round?",
            misconception="not-smooth",
        )


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


def _scalar(f: Callable[[Any], Any], cotangent: Any) -> Callable[[Any], float]:
    """Return f as a function to a float, summed with the cotangent where it is an array."""
    weights = None if cotangent is None else wide(to_array(cotangent))

    def scalar(x: Any) -> float:
        value = wide(to_array(f(x)))
        if weights is not None:
            return float((weights * value).sum())
        if value.size != 1:
            raise ValueError(f"f has shape {value.shape}: pass a cotangent of that shape")
        return float(value.reshape(()))

    return scalar
