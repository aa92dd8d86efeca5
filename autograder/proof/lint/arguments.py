"""Rules about the arguments that the student's functions get: can a wrong answer show on them?"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograder.proof.lint.asking import Event
from autograder.proof.lint.findings import Hits, finds, words
from autograder.proof.lint.replacing import Array, is_array, numbers_in, replaced, same
from autograder.proof.lint.trials import Change, Ran, Trials
from autograder.sandbox import Attribute

_FLAT = words("softmax sigmoid logistic tanh attention mha multihead lstm gru gate cell cross")
_BENT = words("relu leaky prelu elu gelu selu silu abs sign clip hinge softplus")
_OPTIMISERS = words("adam adamw adamax nadam amsgrad rmsprop adagrad adadelta lion") | words(
    "momentum nesterov optimizer optimiser"
)
_MOMENTS = {"m", "v", "t", "state", "states", "moments", "velocity", "momentum", "buffer"} | {
    "beta1", "beta2", "exp_avg", "exp_avg_sq",
}  # fmt: skip
_STATE = _MOMENTS | {"betas", "beta"}
_RATE = {"lr", "learning_rate", "alpha", "eta", "step_size"}
_COUNTS = {"steps", "n_steps", "num_steps", "iterations", "epochs", "n_iter", "num_iterations"}
_STRIDE = {"stride", "step", "strides"}
_WINDOW = {"kernel", "kernel_size", "size", "pool", "pool_size", "window", "k", "field"}
_EPS = {"eps", "epsilon"}
_NO_EPS = words("gradient gradients numerical numeric difference differences")
_VISIBLE = 1e-6
# What an eps has to change an answer by, in parts of the largest number in it.
_SHOWS = 1e-4

# What is wrong with the arguments of one call; None if the call does not count.
Say = Callable[[Trials, Event], list[str] | None]


def every_call(remedy: str = "") -> Callable[[Say], Say]:
    """Register a rule: what is said of one call is a hole if it is said of all calls in a task."""

    def register(say: Say) -> Say:
        def look(trials: Trials) -> Hits:
            for task, checks in trials.tasks.items():
                calls = [e for check in checks for e in check.events if e.kind == "call"]
                for label, call in {call.label: call for call in reversed(calls)}.items():
                    for what in _said_always(say, trials, checks, label)[:1]:
                        yield name.replace("_", "-"), call.place, task, f"`{label}` {what}"

        name = say.__name__
        finds(**{name: remedy} if remedy else {})(look)
        return say

    return register


def _said_always(say: Say, trials: Trials, checks: list[Ran], label: str) -> list[str]:
    """Return what is said of every call, with other inputs as well: chance closes holes."""
    always: list[str] | None = None
    again = (trials.with_inputs(check) for check in checks if always and check.calls(label))
    for check in itertools.chain(checks, again):
        for call in check.calls(label):
            said = say(trials, call)
            if said is not None:
                always = [what for what in said if always is None or what in always]
            if always == []:
                return []
    return always or []


def _is_stateful(trials: Trials, label: str) -> bool:
    """Return whether a function is an optimiser's and keeps something from step to step."""
    names = {name.lower() for name in trials.parameters(label)}
    known = words(label.partition(".")[0]) & _OPTIMISERS
    keeps = known or (names & _RATE and len(names & _STATE) > 1)
    return bool(keeps) and not names & _COUNTS  # else it goes all the way by itself


def _is_optimiser(trials: Trials, call: Event) -> bool:
    """Return whether a call is of an optimiser, and of no method of one."""
    return "." not in call.label and _is_stateful(trials, call.label)


def _steps(trials: Trials, call: Event) -> list[Event]:
    """The calls of methods in a task, if this one makes an object of their class."""
    events = [event for check in trials.tasks[call.task] for event in check.events]
    return [e for e in events if e.kind == "call" and e.label.startswith(f"{call.label}.")]


def _arrays(values: Iterable[Any]) -> list[Array]:
    """The arrays and lists of numbers among some values."""
    return [array for value in values for array in numbers_in(value) if array.ndim]


def _values(call: Event) -> list[Any]:
    return [*call.args, *call.kwargs.values()]


def _is_constant(array: Array) -> bool:
    """Return whether all entries of an array of several numbers are equal."""
    return array.size > 1 and array.dtype.kind != "b" and bool((array == array.flat[0]).all())


def _is_one(value: Any) -> bool:
    """Return whether a list is one array of numbers."""
    return len(numbers_in(value)) == 1 and not is_array(next(iter(value), None))


def _alike(one: Any, other: Any, tolerance: float) -> bool:
    """Return whether the numbers in two answers differ by at most that share of the largest."""
    a, b = numbers_in(one), numbers_in(other)
    if not a or [x.shape for x in a] != [y.shape for y in b]:
        return False
    room = [tolerance * np.abs(x).max(initial=0) for x in a]
    return all(np.allclose(x, y, rtol=0, atol=r) for x, y, r in zip(a, b, room, strict=True))


@every_call("Let no two dimensions of a problem be equal")
def square_only(_: Trials, call: Event) -> list[str] | None:
    """All matrices are square, or as high as wide."""
    large = [a for a in _arrays(_values(call)) if a.ndim > 1 and max(a.shape[-2:]) > 1]
    if any(a.shape[-1] != a.shape[-2] for a in large):
        return []
    # Those that are symmetric, such as a quadratic's, have no other axis to be mixed up with.
    meant = all(np.array_equal(a, a.swapaxes(-1, -2)) for a in large)
    return None if meant else ["gets square arrays only"]


@every_call("Draw every argument by itself, in at least one check")
def same_arguments(trials: Trials, call: Event) -> list[str]:
    """Two arguments, or two arrays in one, hold the same numbers."""
    places: dict[str, Any] = {}
    for name, value in trials.arguments(call).items():
        places[name] = value
        if isinstance(value, list | tuple | dict) and not _is_one(value):
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            places |= {f"{name}[{key!r}]": part for key, part in pairs}
    data = [(name, value) for name, value in places.items() if _is_data(value)]
    return [
        f"always gets the same numbers twice ({one} and {other})"
        for (one, a), (other, b) in itertools.combinations(data, 2)
        if same(a, b)
    ]


def _is_data(value: Any) -> bool:
    arrays = _arrays([value])
    return bool(arrays) and all(a.size > 1 and not _is_constant(a) for a in arrays)


@every_call("Draw them at random in at least one check")
def equal_weights(trials: Trials, call: Event) -> list[str]:
    """The entries of an array argument are all equal: ones, zeros, or a constant."""
    given = {} if _is_stateful(trials, call.label) else trials.arguments(call)
    equal = [name for name, value in given.items() if _all_equal(value)]
    return [f"gets a `{name}` whose entries are always equal" for name in equal]


def _all_equal(value: Any) -> bool:
    # A short tuple such as a stride is no array, a matrix that is written down is one.
    written = isinstance(value, list | tuple) and _is_one(value)
    arrays = [a for a in numbers_in(value) if a.ndim > (1 if written else 0)]
    return bool(arrays) and all(map(_is_constant, arrays))


@every_call("Draw inputs of order one, and keep the far ones as a check of their own")
def saturated(trials: Trials, call: Event) -> list[str] | None:
    """The answer of a softmax or a sigmoid stays when the first argument is twice as large."""
    if not words(call.label) & _FLAT:
        return None
    name, first = next(iter(trials.arguments(call).items()), ("", None))
    if not _arrays([first]):
        return []
    flat = _alike(call.value, trials.ask(call, name, replaced("doubled", first)), 1e-3)
    return ["gets only inputs so far apart that it saturates"] if flat else []


@every_call("Draw inputs of either sign")
def one_sided(trials: Trials, call: Event) -> list[str] | None:
    """A function with a bend at zero gets numbers of one sign."""
    arrays = [array for value in call.args[:1] for array in numbers_in(value)]
    if not words(call.label) & _BENT or not arrays:
        return None
    signs = {"negative": np.less, "positive": np.greater}
    only = [sign for sign, fits in signs.items() if all(fits(a, 0).all() for a in arrays)]
    return [f"gets {sign} numbers only" for sign in only]


@every_call()
def one_seed(trials: Trials, call: Event) -> list[str]:
    """A function that takes a seed gets this one."""
    given = trials.parameters(call.label) | trials.arguments(call)
    return [f"is tried with one seed only, {given['seed']!r}"] if "seed" in given else []


@every_call("Try a stride smaller than the window, so that windows overlap")
def tiles_only(trials: Trials, call: Event) -> list[str]:
    """Windows that do not overlap: the stride equals the size."""
    given = {name.lower(): v for name, v in trials.arguments(call).items()}
    strides = [given[name] for name in _STRIDE & given.keys()]
    sizes = [given[name] for name in _WINDOW & given.keys()]
    tiled = len(sizes) == 1 and isinstance(sizes[0], int) and sizes[0] > 1 and strides == sizes
    return ["gets windows that never overlap"] if tiled else []


@every_call("Take three steps or more with gradients that change, and compare each")
def single_step(trials: Trials, call: Event) -> list[str] | None:
    """An optimiser steps from nothing: from moments of zeros, or an object that is new."""
    if not _is_optimiser(trials, call):
        return None
    targets = [step.target for step in _steps(trials, call)]
    steps = [id(target.target) for target in targets if isinstance(target, Attribute)]
    given = {name.lower(): value for name, value in trials.arguments(call).items()}
    state = _arrays(given[name] for name in _MOMENTS & given.keys())
    past = any(array.any() and not _is_constant(array) for array in state)
    later = len(steps) > len(set(steps)) if steps else past
    return [] if later else ["never takes a second step"]


@every_call("Pass an eps that shows, such as 0.1, in one check")
def invisible_eps(trials: Trials, call: Event) -> list[str] | None:
    """The answer without the eps is the same; of an object, its eps is small."""
    given = trials.parameters(call.label) | trials.arguments(call)
    name = next((name for name in given if name.lower() in _EPS), None)
    if name is None or words(call.label) & _NO_EPS:
        return None
    if numbers_in(call.value):
        shows = not _alike(call.value, trials.ask(call, name, 0.0), _SHOWS)
    else:
        shows = given[name] > _VISIBLE
    return [] if shows else ["has an eps that never shows in its result"]


@every_call("Give it two parameters or more, of different shapes")
def one_parameter(trials: Trials, call: Event) -> list[str] | None:
    """An optimiser gets lists of one parameter."""
    if not _is_optimiser(trials, call):
        return None
    lists = [value for value in _values(call) if isinstance(value, list | tuple) and value]
    sizes = {len(value) for value in lists if all(map(is_array, value))}
    return ["is tried with a single parameter"] if sizes == {1} else []


@every_call("Add unchanged(student), so that a gradient written to is noticed")
def in_place_unnoticed(trials: Trials, call: Event) -> list[str] | None:
    """Nobody asks whether an optimiser's step changes the gradients or parameters it was given."""
    if not _is_optimiser(trials, call) or not _arrays(_values(call)):
        return None
    names = frozenset({call.label, *(step.label for step in _steps(trials, call))})
    missed = trials.noticed(trials.few(call.task), Change("mutated", names)) is False
    return ["may change its arguments unnoticed"] if missed else []
