"""Rules about the arguments that the student's functions get: can a wrong answer show on them?"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.author.values import is_number
from autograder.proof.lint.asking import Event
from autograder.proof.lint.files import words
from autograder.proof.lint.findings import Hits, observed
from autograder.proof.lint.replacing import Array, numbers_in, same
from autograder.proof.lint.trials import Ran, Trials

_FLAT = {"softmax", "sigmoid", "logistic", "tanh", "attention", "mha", "lstm", "gru"} | {
    "multihead", "cross", "gate", "gates", "cell",
}  # fmt: skip
_SIGNED = {"relu", "leaky", "prelu", "elu", "gelu", "selu", "silu", "abs", "sign", "clip"} | {
    "hinge", "softplus",
}  # fmt: skip
_STRIDE = {"stride", "step", "strides"}
_WINDOW = {"kernel", "kernel_size", "size", "pool", "pool_size", "window", "k", "field"}
STATE = {"m", "v", "t", "state", "states", "moments", "velocity", "momentum", "betas", "beta"} | {
    "beta1", "beta2", "exp_avg", "exp_avg_sq", "buffer",
}  # fmt: skip
_RATE = {"lr", "learning_rate", "alpha", "eta", "step_size"}
_COUNTS = {"steps", "n_steps", "num_steps", "iterations", "epochs", "n_iter", "num_iterations"}
_OPTIMISERS = {"adam", "adamw", "adamax", "nadam", "amsgrad", "rmsprop", "adagrad", "adadelta"} | {
    "momentum", "nesterov", "lion", "optimizer", "optimiser",
}  # fmt: skip


def functions(trials: Trials) -> Iterator[tuple[str, str, list[Event]]]:
    """Every task, each function that its checks call, and all calls of it."""
    for task, checks in trials.tasks.items():
        found: dict[str, list[Event]] = {}
        for check in checks:
            for event in check.events:
                if event.kind == "call":
                    found.setdefault(event.label, []).append(event)
        for label, calls in found.items():
            yield task, label, calls


def at(event: Event, task: str, message: str) -> tuple[Path, int, str]:
    """A hit at the line of a call."""
    path, line = event.place
    return Path(path), line, f"task {task!r}: `{event.label}` {message}"


def is_stateful(trials: Trials, label: str) -> bool:
    """Whether a function is an optimiser's that keeps something from step to step."""
    names = {parameter.name.lower() for parameter in trials.parameters(label)}
    if names & _COUNTS:
        return False  # it goes all the way by itself
    first = label.partition(".")[0]
    if words(first) & _OPTIMISERS:
        return True
    return bool(names & STATE and names & _RATE and len(names & STATE) > 1)


def _each(trials: Trials, look: Callable[[list[Event]], str | None]) -> Hits:
    for task, _, calls in functions(trials):
        problem = look(calls)
        if problem:
            yield at(calls[0], task, problem)


def _values(call: Event) -> list[Any]:
    return [*call.args, *call.kwargs.values()]


def arrays_of(call: Event) -> list[Array]:
    """The arrays and lists of numbers among the arguments of a call."""
    return [a for value in _values(call) for a in numbers_in(value) if a.ndim]


def is_constant(array: Array) -> bool:
    """Whether all entries of an array of several numbers are equal."""
    return array.size > 1 and array.dtype.kind != "b" and bool((array == array.flat[0]).all())


@observed("square-only", "Let no two dimensions of a problem be equal")
def square_only(trials: Trials) -> Hits:
    """All matrices of a task are square, or as high as wide."""

    def look(calls: list[Event]) -> str | None:
        every = [array for call in calls for array in arrays_of(call) if array.ndim > 1]
        large = [array for array in every if max(array.shape[-2:]) > 1]
        square = bool(large) and all(array.shape[-1] == array.shape[-2] for array in large)
        # Those that are symmetric, such as a quadratic's, have no other axis to be mixed up with.
        meant = all(np.array_equal(array, array.swapaxes(-1, -2)) for array in large)
        return "gets square arrays only" if square and not meant else None

    yield from _each(trials, look)


@observed("same-arguments", "Draw every argument by itself, in at least one check")
def same_arguments(trials: Trials) -> Hits:
    """Two arguments, or two arrays in one, always hold the same numbers."""

    def look(calls: list[Event]) -> str | None:
        always = _twins(trials, calls[0])
        for call in calls[1:]:
            always = always and always & _twins(trials, call)
        if not always:
            return None
        one, other = min(always)
        return f"always gets the same numbers twice ({one} and {other})"

    yield from _each(trials, look)


def _twins(trials: Trials, call: Event) -> set[tuple[str, str]]:
    places: dict[str, Any] = {}
    for name, value in trials.arguments(call).items():
        if isinstance(value, list | tuple | dict) and not _is_one(value):
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            places |= {f"{name}[{key!r}]": part for key, part in pairs}
        places[name] = value
    data = {name: value for name, value in places.items() if _is_data(value)}
    return {
        (one, other)
        for (one, a), (other, b) in itertools.combinations(data.items(), 2)
        if same(a, b)
    }


def _is_one(value: Any) -> bool:
    """Whether a list is one array of numbers."""
    return len(numbers_in(value)) == 1 and not hasattr(next(iter(value), None), "ndim")


def _is_data(value: Any) -> bool:
    arrays = [array for array in numbers_in(value) if array.ndim]
    return bool(arrays) and all(a.size > 1 and not is_constant(a) for a in arrays)


@observed("equal-weights", "Draw them at random in at least one check")
def equal_weights(trials: Trials) -> Hits:
    """An array argument whose entries are all equal, in every check: ones, zeros, or a constant."""
    for task, label, calls in functions(trials):
        given = [trials.arguments(call) for call in calls]
        if is_stateful(trials, label):
            continue
        for name in given[0]:
            if all(name in each and _all_equal(each[name]) for each in given):
                yield at(calls[0], task, f"gets a `{name}` whose entries are always equal")
                break


def _all_equal(value: Any) -> bool:
    # A short tuple such as a stride is no array, a matrix that is written down is one.
    written = isinstance(value, list | tuple) and _is_one(value)
    arrays = [a for a in numbers_in(value) if a.ndim > (1 if written else 0)]
    return bool(arrays) and all(map(is_constant, arrays))


@observed("saturated", "Draw inputs of order one, and keep the far ones as a check of their own")
def saturated(trials: Trials) -> Hits:
    """Functions with a softmax or a sigmoid in them get large or whole numbers only."""
    for task, label, calls in functions(trials):
        if words(label) & _FLAT and all(_is_flat(trials, call) for call in calls):
            yield at(calls[0], task, "gets only inputs so far apart that it saturates")


def _is_flat(trials: Trials, call: Event) -> bool:
    """Whether the answer stays as it is when the first argument is twice as large."""
    first = next(iter(trials.arguments(call).items()), ("", None))
    if not any(array.ndim for array in numbers_in(first[1])):
        return False
    return is_alike(call.value, trials.ask(call, first[0], _twice(first[1])), 1e-3)


def is_alike(one: Any, other: Any, tolerance: float) -> bool:
    """Whether the numbers in two answers differ by no more than that share of the largest."""
    a, b = numbers_in(one), numbers_in(other)
    return (
        bool(a)
        and len(a) == len(b)
        and all(
            x.shape == y.shape
            and np.allclose(x, y, rtol=0, atol=tolerance * np.abs(x).max(initial=0))
            for x, y in zip(a, b, strict=True)
        )
    )


def _twice(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return type(value)([_twice(part) for part in value])
    return value * 2 if is_number(value) or hasattr(value, "ndim") else value


@observed("one-sided", "Draw inputs of either sign")
def one_sided(trials: Trials) -> Hits:
    """A function with a bend at zero gets numbers of one sign only."""

    def look(calls: list[Event]) -> str | None:
        arrays = [array for call in calls for value in call.args[:1] for array in numbers_in(value)]
        if not words(calls[0].label) & _SIGNED or not arrays:
            return None
        for sign, fits in (("negative", np.less), ("positive", np.greater)):
            if all(fits(array, 0).all() for array in arrays):
                return f"gets {sign} numbers only"
        return None

    yield from _each(trials, look)


@observed("one-seed")
def one_seed(trials: Trials) -> Hits:
    """A function that takes a seed gets one, or never another than its default."""
    for task, checks in trials.tasks.items():
        for label in dict.fromkeys(label for check in checks for label in check.labels):
            seeds = _seeds(trials, checks, label)
            if len(seeds) == 1 and not _is_drawn(trials, checks, label, seeds):
                first = next(call for check in checks for call in check.calls(label))
                yield at(first, task, "is tried with one seed only")


def _seeds(trials: Trials, checks: list[Ran], label: str) -> set[str]:
    calls = [call for check in checks for call in check.calls(label)]
    given = [trials.arguments(call) for call in calls]
    default = any(parameter.name == "seed" for parameter in trials.parameters(label))
    known = [repr(each.get("seed", "default")) for each in given if default or "seed" in each]
    return {*known} if len(known) == len(calls) else set()


def _is_drawn(trials: Trials, checks: list[Ran], label: str, seeds: set[str]) -> bool:
    again = [trials.with_inputs(check) for check in checks if check.calls(label)]
    return _seeds(trials, again, label) != seeds


@observed("tiles-only", "Try a stride smaller than the window, so that windows overlap")
def tiles_only(trials: Trials) -> Hits:
    """Windows that never overlap: the stride equals the size in every check."""

    def is_tiled(call: Event) -> bool:
        given = {name.lower(): value for name, value in trials.arguments(call).items()}
        strides = [given[name] for name in _STRIDE & given.keys()]
        sizes = [given[name] for name in _WINDOW & given.keys()]
        return len(sizes) == 1 and isinstance(sizes[0], int) and sizes[0] > 1 and strides == sizes

    def look(calls: list[Event]) -> str | None:
        return "gets windows that never overlap" if all(map(is_tiled, calls)) else None

    yield from _each(trials, look)
