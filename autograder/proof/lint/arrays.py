"""What numpy, torch and a random generator make: shapes, and how special the numbers are."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.proof.lint.values import NO_LABELS, UNKNOWN, Labels, Shape, Value, plain

_serial = itertools.count()
_SAME = {"asarray", "array", "tensor", "as_tensor", "from_numpy", "copy", "ascontiguousarray"} | {
    "astype", "double", "float", "clone", "detach", "numpy", "float64", "float32", "contiguous",
}  # fmt: skip
KEEPS_SHAPE = {
    "exp", "log", "abs", "absolute", "sqrt", "tanh", "sin", "cos", "sigmoid", "square", "relu",
    "sign", "negative", "round", "log1p", "expm1", "cumsum", "zeros_like", "ones_like", "full_like",
    "empty_like", "normal_like", "randn_like", "isfinite", "isnan", "isinf", "clip", "sort", "flip",
}  # fmt: skip
_SHAPED = {"zeros": "zeros", "ones": "ones", "empty": "zeros", "full": "full"}
_FAR = 10  # a factor or a bound beyond which softmax, the logistic function and tanh are flat
_STEPS = 4  # whole numbers that far apart leave a softmax with hardly more than one entry


def fresh() -> tuple[str, int]:
    """A key that no other value has."""
    return ("fresh", next(_serial))


def shape_of(value: Value | None) -> Shape | None:
    """Read a value as the shape that it gives, or None."""
    if value is None:
        return None
    given = plain(value)
    if isinstance(given, int) and not isinstance(given, bool):
        return (given,)
    if isinstance(given, tuple) and all(type(n) is int for n in given):
        return given
    return None


def array_of(value: Value) -> Value | None:
    """The array of a number or of nested lists of numbers, or None where they are not known."""
    given = plain(value)
    if given is UNKNOWN:
        return None
    shape: list[int] = []
    level = given
    while isinstance(level, tuple):
        shape.append(len(level))
        if not level:
            break
        level = level[0]
    numbers = list(_flat(given))
    if not all(isinstance(n, int | float) for n in numbers):
        return None
    return Value(
        shape=tuple(shape),
        traits=_of_numbers(numbers) | _symmetric(given),
        key=("array", given),
        labels=value.labels,
    )


def _flat(given: Any) -> Sequence[Any]:
    return [n for part in given for n in _flat(part)] if isinstance(given, tuple) else [given]


def _of_numbers(numbers: Sequence[float]) -> frozenset[str]:
    traits = {"array"}
    if numbers and len(set(numbers)) == 1:
        traits.add("equal")
    largest = max((abs(n) for n in numbers), default=0.0)
    if all(n == int(n) for n in numbers if abs(n) < 1e15):
        traits.add("integers")
    if largest >= _FAR or ("integers" in traits and largest >= _STEPS):
        traits.add("saturating")
    if numbers and 0 < largest <= 1e-3:
        traits.add("tiny")
    if numbers and max(numbers) <= 0:
        traits.add("negative")
    if numbers and min(numbers) >= 0:
        traits.add("positive")
    return frozenset(traits)


def _symmetric(given: Any) -> frozenset[str]:
    if not isinstance(given, tuple) or not all(isinstance(row, tuple) for row in given):
        return frozenset()
    if any(len(row) != len(given) or any(isinstance(n, tuple) for n in row) for row in given):
        return frozenset()
    turned = tuple(tuple(row[i] for row in given) for i in range(len(given)))
    return frozenset({"symmetric"}) if turned == given else frozenset()


def made(name: str, args: Sequence[Value], kwargs: Mapping[str, Value]) -> Value | None:
    """What a constructor of numpy or torch makes; None where `name` is not known."""
    first = args[0] if args else None
    if name in _SAME:
        if first is None:
            return None
        return array_of(first) or replace(first, traits=first.traits | {"array"})
    if name in _SHAPED:
        shape = shape_of(kwargs.get("shape") or kwargs.get("size") or first)
        if first is not None and len(args) > 1 and name != "full":
            shape = shape_of(Value(parts=tuple(args)))
        fill = args[1] if name == "full" and len(args) > 1 else None
        what = plain(fill) if fill is not None else {"ones": 1, "full": None}.get(name, 0)
        traits = {"array", "equal", "integers", "positive"}
        if isinstance(what, int | float) and abs(what) >= _FAR:
            traits.add("saturating")
        return Value(shape=shape, traits=frozenset(traits), key=("filled", shape, what))
    if name in ("eye", "identity"):
        n = shape_of(first)
        shape = None if n is None else (*n, *n)
        traits = {"array", "integers", "symmetric", "positive"}
        return Value(shape=shape, traits=frozenset(traits), key=("eye", n))
    if name in ("arange", "linspace"):
        return _counted(name, args)
    if name in ("zeros_like", "ones_like", "full_like") and first is not None:
        shape = first.shape
        traits = {"array", "equal", "integers", "positive"}
        return Value(shape=shape, traits=frozenset(traits), key=("filled", shape, name))
    return None


def _counted(name: str, args: Sequence[Value]) -> Value:
    numbers = [plain(arg) for arg in args]
    traits = {"array"}
    if not all(isinstance(n, int | float) for n in numbers):
        return Value(traits=frozenset(traits))
    if name == "linspace":
        shape: Shape | None = (int(numbers[2]),) if len(numbers) > 2 else (50,)
    else:
        shape = (len(range(*numbers)),) if all(type(n) is int for n in numbers) else None
        traits.add("integers")
    largest = max(abs(n) for n in numbers[:2])
    if largest >= _FAR or (name == "arange" and largest > _STEPS):
        traits.add("saturating")
    return Value(shape=shape, traits=frozenset(traits), key=(name, tuple(numbers)))


_DRAWS = {
    "normal": 2, "uniform": 2, "standard_normal": 0, "random": 0, "integers": -1, "randint": -1,
    "choice": 1, "exponential": 1, "laplace": 2, "rand": -2, "randn": -2, "gamma": 2, "beta": 2,
    "poisson": 1, "binomial": 2, "random_sample": 0,
}  # fmt: skip


def drawn(name: str, args: Sequence[Value], kwargs: Mapping[str, Value]) -> Value:
    """What a random generator's method draws, a fresh value each time."""
    at = _DRAWS.get(name)
    if at is None or name == "choice":
        return Value(labels=frozenset({"rng"}), traits=frozenset({"array"}), key=fresh())
    size = kwargs.get("size")
    if size is None and at == -2:
        size = Value(parts=tuple(args))
    elif size is None and at >= 0 and len(args) > at:
        size = args[at]
    elif size is None and at == -1 and len(args) > 2:
        size = args[2]
    shape = () if size is None else shape_of(size)
    traits = {"array"} if shape != () else set()
    low, high = _bounds(name, args, kwargs)
    if high is not None and low is not None:
        if high <= 0:
            traits.add("negative")
        if low >= 0:
            traits.add("positive")
        far = max(abs(low), abs(high))
        if far >= 2 * _FAR or (name in ("integers", "randint") and far > _STEPS):
            traits.add("saturating")
    scale = (
        plain(kwargs["scale"])
        if "scale" in kwargs
        else (plain(args[1]) if at == 2 and len(args) > 1 else 1)
    )
    if name == "normal" and isinstance(scale, int | float):
        if scale >= _FAR:
            traits.add("saturating")
        if scale <= 1e-3:
            traits.add("tiny")
    if name in ("integers", "randint"):
        traits.add("integers")
    return Value(labels=frozenset({"rng"}), shape=shape, traits=frozenset(traits), key=fresh())


def _bounds(
    name: str, args: Sequence[Value], kwargs: Mapping[str, Value]
) -> tuple[float | None, float | None]:
    if name not in ("uniform", "integers", "randint"):
        return None, None
    given = [plain(kwargs[k]) for k in ("low", "high") if k in kwargs] or [
        plain(arg) for arg in args[:2]
    ]
    if not all(isinstance(n, int | float) for n in given):
        return None, None
    if len(given) == 2:
        return given[0], given[1]
    if name == "uniform":
        return (given[0] if given else 0.0), 1.0
    return (0, given[0]) if given else (None, None)


def elementwise(values: Sequence[Value], labels: Labels = NO_LABELS) -> Value:
    """The outcome of an operation entry by entry: the shape by broadcasting, if it is known."""
    shape: Shape | None = ()
    for value in values:
        if value.known and isinstance(value.const, int | float):
            continue
        shape = _broadcast(shape, value.shape)
    arrays = [value for value in values if not value.known]
    traits = frozenset({"array"}) if shape != () else frozenset[str]()
    if arrays and all("equal" in value.traits for value in arrays):
        traits |= {"equal"}
    if arrays and all("integers" in value.traits for value in arrays):
        whole = all(type(v.const) is int for v in values if v.known)
        traits |= {"integers"} if whole else frozenset()
    return Value(labels=labels, shape=None if shape == () and arrays else shape, traits=traits)


def _broadcast(one: Shape | None, other: Shape | None) -> Shape | None:
    if one is None or other is None:
        return None
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    tail = long[len(long) - len(short) :]
    if any(a != b and 1 not in (a, b) for a, b in zip(tail, short, strict=True)):
        return None
    return (
        *long[: len(long) - len(short)],
        *(max(a, b) for a, b in zip(tail, short, strict=True)),
    )


def scaled(array: Value, factor: float, result: Value) -> Value:
    """The result of multiplying an array by a number, with what that does to its size."""
    traits = result.traits | (array.traits & {"saturating", "tiny", "symmetric"})
    if abs(factor) >= _FAR:
        traits |= {"saturating"}
    if 0 < abs(factor) <= 1e-3:
        traits |= {"tiny"}
    if abs(factor) < 0.5:
        traits -= {"saturating"}
    signs = {"positive", "negative"} & array.traits
    if factor < 0:
        signs = {"negative" if sign == "positive" else "positive" for sign in signs}
    return replace(result, traits=traits | signs)


def product(one: Value, other: Value) -> Value:
    """The form of a matrix product."""
    shape = None
    if one.shape and other.shape and len(one.shape) == 2 and len(other.shape) in (1, 2):
        shape = (one.shape[0], *other.shape[1:])
    traits = {"array"}
    if one.key is not None and one.key in (("T", other.key), None):
        traits.add("symmetric")
    if other.key is not None and other.key == ("T", one.key):
        traits.add("symmetric")
    return Value(shape=shape, traits=frozenset(traits))
