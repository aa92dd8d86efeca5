"""The functions and operators of the expression language, on float64 arrays of bounded size."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder.checks.author.values import Array
from autograder.checks.results import clean
from autograder.errors import ExpressionError

LIMIT = 10_000


@dataclass(slots=True)
class Source:
    """The text of a node, for messages; looked up only then: it takes longer than the value."""

    line: str
    node: ast.expr

    def __str__(self) -> str:
        return clean(ast.get_source_segment(self.line, self.node) or self.line, 60)


def binary(operator: ast.operator, a: Array, b: Array, source: Source) -> Array:
    """Return `a operator b`; ExpressionError where the shapes do not fit."""
    if isinstance(operator, ast.MatMult):
        return _matmul(a, b, source)
    _fit(a, b, source, _outer_hint(a, b))
    return np.asarray(OPERATORS[type(operator)](a, b), dtype=np.float64)


def call(name: str, arguments: list[Array], source: Source) -> Array:
    """Return the named function of its arguments; ExpressionError where they do not fit."""
    low, high, function = FUNCTIONS[name]
    if not low <= len(arguments) <= high:
        wanted = str(low) if low == high else f"{low} to {high}"
        plural = "" if wanted == "1" else "s"
        raise ExpressionError(
            f"{name} takes {wanted} argument{plural}, `{source}` has {len(arguments)}"
        )
    value = np.asarray(function(source, *arguments), dtype=np.float64)
    _bound(value.shape, source)
    return value


def _bound(shape: tuple[int, ...], source: Source) -> None:
    if math.prod(shape) > LIMIT or len(shape) > 8:
        raise ExpressionError(f"`{source}` has shape {shape}, more than {LIMIT} entries")


def _fit(a: Array, b: Array, source: Source, hint: str = "") -> None:
    """See that two arrays broadcast, to a shape of bounded size."""
    try:
        _bound(np.broadcast_shapes(a.shape, b.shape), source)
    except ValueError:
        shapes = f"the shapes {a.shape} and {b.shape}"
        raise ExpressionError(f"{shapes} do not fit in `{source}`{hint}") from None


def _outer_hint(a: Array, b: Array) -> str:
    return ": outer(a, b) makes a matrix of two vectors" if a.ndim == b.ndim == 1 else ""


def _matmul(a: Array, b: Array, source: Source) -> Array:
    if a.ndim == 0 or b.ndim == 0:
        raise ExpressionError(f"`{source}` multiplies with a single number: write * there")
    if a.ndim > 2 or b.ndim > 2:
        raise ExpressionError(f"@ multiplies vectors and matrices, not {a.shape} and {b.shape}")
    if a.shape[-1] != b.shape[0]:
        raise ExpressionError(
            f"the shapes {a.shape} and {b.shape} do not fit in `{source}`: the inner sizes "
            f"{a.shape[-1]} and {b.shape[0]} differ{_outer_hint(a, b)}"
        )
    _bound(a.shape[:-1] + b.shape[1:], source)
    return np.asarray(a @ b)


def _dot(source: Source, a: Array, b: Array) -> Array:
    return a * b if a.ndim == 0 or b.ndim == 0 else _matmul(a, b, source)


def _outer(source: Source, a: Array, b: Array) -> Array:
    if a.ndim > 1 or b.ndim > 1:
        raise ExpressionError(f"outer is of two vectors, `{source}` has {a.shape} and {b.shape}")
    _bound((a.size, b.size), source)
    return np.outer(a, b)


def _diag(source: Source, a: Array) -> Array:
    if a.ndim not in (1, 2):
        raise ExpressionError(f"diag is of a vector or a matrix, `{source}` has shape {a.shape}")
    if a.ndim == 1:
        _bound((a.size, a.size), source)
    return np.diag(a)


def _sigmoid(_: Source, a: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * a))


def _softmax(source: Source, a: Array) -> Array:
    if a.ndim == 0:
        raise ExpressionError(f"softmax is of a vector, `{source}` has a single number")
    powers = np.exp(a - a.max(axis=-1, keepdims=True)) if a.size else a
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _reduced(function: Callable[..., Array]) -> Callable[..., Array]:
    def reduce(source: Source, a: Array, axis: Array | None = None) -> Array:
        if axis is None:
            return np.asarray(function(a))
        number = _whole(axis, source)
        if not -a.ndim <= number < a.ndim:
            raise ExpressionError(f"there is no axis {number} in `{source}`, shape {a.shape}")
        return np.asarray(function(a, axis=number))

    return reduce


def _filled(value: float) -> Callable[..., Array]:
    def fill(source: Source, *lengths: Array) -> Array:
        shape = tuple(_whole(length, source) for length in lengths)
        if any(n < 0 for n in shape):
            raise ExpressionError(f"a length in `{source}` is negative")
        _bound(shape, source)
        return np.full(shape, value)

    return fill


def _whole(value: Array, source: Source) -> int:
    if value.ndim or not float(value).is_integer() or abs(float(value)) > LIMIT:
        raise ExpressionError(f"`{source}` needs a whole number for its axis or lengths")
    return int(value)


def _entrywise(function: Callable[[Array], Array]) -> Callable[..., Array]:
    return lambda _, a: np.asarray(function(a))


def _maximum(source: Source, a: Array, b: Array) -> Array:
    _fit(a, b, source)
    return np.maximum(a, b)


OPERATORS: dict[type[ast.operator], Callable[..., Array]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
    ast.MatMult: np.matmul,
}
# name: fewest arguments, most arguments, function of (source text, *arguments)
FUNCTIONS: dict[str, tuple[int, int, Callable[..., Array]]] = {
    "exp": (1, 1, _entrywise(np.exp)),
    "log": (1, 1, _entrywise(np.log)),
    "sqrt": (1, 1, _entrywise(np.sqrt)),
    "tanh": (1, 1, _entrywise(np.tanh)),
    "sigmoid": (1, 1, _sigmoid),
    "relu": (1, 1, _entrywise(lambda a: np.maximum(a, 0.0))),
    "step": (1, 1, _entrywise(lambda a: (a > 0).astype(np.float64))),
    "softmax": (1, 1, _softmax),
    "sin": (1, 1, _entrywise(np.sin)),
    "cos": (1, 1, _entrywise(np.cos)),
    "abs": (1, 1, _entrywise(np.abs)),
    "sum": (1, 2, _reduced(np.sum)),
    "mean": (1, 2, _reduced(np.mean)),
    "outer": (2, 2, _outer),
    "dot": (2, 2, _dot),
    "diag": (1, 1, _diag),
    "transpose": (1, 1, _entrywise(np.transpose)),
    "ones": (1, 2, _filled(1.0)),
    "zeros": (1, 2, _filled(0.0)),
    "maximum": (2, 2, _maximum),
    "σ": (1, 1, _sigmoid),
}
