"""Draw the arguments of a `Function`, each by its kind and by sizes with names.

"N D"                         standard normal numbers of shape (N, D); "" is a number
"*B N heads*d"                any number of axes in front, and one of heads*d
{"W": "D H", "b": "H"}        a dictionary of parameters; lists and tuples likewise
arg.uniform("D", 0.5, 2)      numbers between two bounds
arg.integers("N", "K")        whole numbers from 0 to K - 1
arg.mask("N M")               truth values: each row has a True, and a False beside it
arg.size("heads")             a size itself, as a whole number
arg.seed()                    a seed of random numbers
arg.fixed("tanh")             always this value
lambda rng, N, X: ...         what a function of rng, sizes and other arguments returns
arg.own(draw, "normal")       the same; a battery changes its numbers as it does normal ones
arg.optional("N M")           any of these, which a call may leave out
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from autograder.errors import CourseError

Kind = Literal[
    "normal",
    "weights",
    "uniform",
    "symmetric",
    "integers",
    "mask",
    "size",
    "seed",
    "parts",
    "own",
    "fixed",
]
_SEEDS = 1000


@dataclass(frozen=True)
class Argument:
    """One argument as declared: what it is, and how it is drawn.

    Attributes:
        kind: `"normal"`, `"weights"`, `"uniform"`, `"integers"`, `"mask"`, `"size"`, `"seed"` and
            `"fixed"` as above; `"symmetric"` is uniform between -a and a; `"parts"` is a
            dictionary, list or tuple of the arguments in `parts`, `"own"` whatever a function
            returns.
        make: draws a value, from a generator and the sizes and arguments that are known.
        shape: the axes of an array, or the size that a `"size"` is.
        sizes: the sizes in its shape, `*B` for any number of axes in front.
        takes: what a function draws it from, sizes or other arguments; False where it can do
            without.
        parts: the entries of a dictionary, list or tuple.
        container: which of these three it is.
        optional: whether a call may leave the argument out.
    """

    kind: Kind
    make: Callable[[np.random.Generator, Mapping[str, Any]], Any] = field(repr=False)
    shape: str = ""
    sizes: tuple[str, ...] = ()
    takes: Mapping[str, bool] = field(default_factory=dict)
    parts: Mapping[Any, Argument] = field(default_factory=dict)
    container: type = dict
    optional: bool = False


def declared(spec: Any) -> Argument:
    """Return the argument that a declaration stands for: see the top of this file."""
    if isinstance(spec, Argument):
        return spec
    if isinstance(spec, str):
        return _array("normal", spec, lambda rng, shape, known: rng.normal(size=shape))
    if isinstance(spec, dict | list | tuple):
        keys = spec if isinstance(spec, dict) else range(len(spec))
        return parts({key: declared(spec[key]) for key in keys}, type(spec))
    if callable(spec):
        return own(spec)
    return fixed(spec)


def parts(each: Mapping[Any, Argument], container: type) -> Argument:
    """Declare a dictionary, list or tuple of arguments."""

    def make(rng: np.random.Generator, known: Mapping[str, Any]) -> Any:
        values = {key: part.make(rng, known) for key, part in each.items()}
        return values if container is dict else container(values.values())

    return Argument(
        "parts",
        make,
        sizes=tuple(dict.fromkeys(name for part in each.values() for name in part.sizes)),
        takes={name: must for part in each.values() for name, must in part.takes.items()},
        parts=each,
        container=container,
    )


def fixed(value: Any) -> Argument:
    """Declare an argument that is always this value."""
    return Argument("fixed", lambda rng, known: value)


def weights(shape: str) -> Argument:
    """Declare normal numbers divided by the root of the first axis, so that no unit saturates."""
    return _array(
        "weights", shape, lambda rng, shape, known: rng.normal(size=shape) / shape[0] ** 0.5
    )


def uniform(shape: str, low: float, high: float) -> Argument:
    """Declare numbers that are drawn evenly between `low` and `high`."""
    kind: Kind = "symmetric" if low == -high else "uniform"
    return _array(kind, shape, lambda rng, shape, known: rng.uniform(low, high, size=shape))


def integers(shape: str, below: str) -> Argument:
    """Declare whole numbers from 0 up to a size, such as labels of `"K"` classes."""

    def make(rng: np.random.Generator, shape: tuple[int, ...], known: Mapping[str, Any]) -> Any:
        return rng.integers(_evaluated(below, known), size=shape)

    drawn = _array("integers", shape, make)
    return replace(drawn, sizes=tuple(dict.fromkeys((*drawn.sizes, *_names(below)))))


def mask(shape: str) -> Argument:
    """Declare truth values; along the last axis one is True and, of more than one, one is False."""

    def make(rng: np.random.Generator, shape: tuple[int, ...], known: Mapping[str, Any]) -> Any:
        found = rng.random(shape) < 0.5
        places = np.argsort(rng.random(shape), axis=-1)
        if shape[-1] > 1:
            np.put_along_axis(found, places[..., 1:2], False, axis=-1)
        np.put_along_axis(found, places[..., :1], True, axis=-1)
        return found

    return _array("mask", shape, make)


def size(name: str) -> Argument:
    """Declare an argument that is a size, such as the number of heads: a whole number."""
    return Argument("size", lambda rng, known: _evaluated(name, known), name, tuple(_names(name)))


def seed() -> Argument:
    """Declare a seed: a whole number below 1000."""
    return Argument("seed", lambda rng, known: int(rng.integers(_SEEDS)))


def own(function: Callable[..., Any], kind: Kind = "own") -> Argument:
    """Declare an argument that `function(rng, ...)` draws, from sizes and arguments by name.

    A battery changes its numbers as it does those of this `kind`.
    """
    parameters = inspect.signature(function).parameters
    if next(iter(parameters), "") != "rng":
        raise CourseError(
            "a function that draws an argument takes `rng` first, then sizes and arguments"
        )
    takes = {key: each.default is each.empty for key, each in parameters.items() if key != "rng"}

    def make(rng: np.random.Generator, known: Mapping[str, Any]) -> Any:
        return function(rng, **{name: known[name] for name in takes if name in known})

    return Argument(kind, make, takes=takes)


def optional(spec: Any) -> Argument:
    """Declare an argument that is left out of a call, unless a check asks for it.

    The check gives its value (`eps=0.3`), another draw of it, or `...` to have it drawn as
    declared. It is passed by its name.
    """
    return replace(declared(spec), optional=True)


def normal(rng: np.random.Generator, *shapes: int | tuple[int, ...]) -> list[Any]:
    """Return an array of standard normal numbers for each shape."""
    return [rng.normal(size=shape) for shape in shapes]


def _array(
    kind: Kind,
    shape: str,
    make: Callable[[np.random.Generator, tuple[int, ...], Mapping[str, Any]], Any],
) -> Argument:
    names = tuple(dict.fromkeys(name for axis in shape.split() for name in _names(axis)))

    def made(rng: np.random.Generator, known: Mapping[str, Any]) -> Any:
        value = make(rng, _shape(shape, known), known)
        # "" is a number, not an array without axes.
        return value if shape else np.asarray(value).item()

    return Argument(kind, made, shape, names)


def _names(axis: str) -> Iterator[str]:
    """Yield the sizes that one axis is made of; that of `*B` is called `*B`."""
    if axis.startswith("*"):
        yield axis
        return
    try:
        tree = ast.parse(axis, mode="eval")
    except SyntaxError as error:
        raise CourseError(f"{axis!r} is no size: write names, numbers and + - * //") from error
    yield from (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _shape(shape: str, known: Mapping[str, Any]) -> tuple[int, ...]:
    axes: list[int] = []
    for axis in shape.split():
        axes += known[axis[1:]] if axis.startswith("*") else [_evaluated(axis, known)]
    return tuple(axes)


def _evaluated(text: str, known: Mapping[str, Any]) -> int:
    """Return what a size comes to; the text is the course's own."""
    return int(eval(compile(text, "<size>", "eval"), {"__builtins__": {}}, dict(known)))
