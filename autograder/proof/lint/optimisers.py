"""Rules about optimiser steps: what shows only later, with other numbers, or on a second array."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from autograder.proof.lint.answers import noticed
from autograder.proof.lint.arguments import (
    STATE,
    arrays_of,
    at,
    functions,
    is_alike,
    is_constant,
    is_stateful,
)
from autograder.proof.lint.asking import Event
from autograder.proof.lint.files import words
from autograder.proof.lint.findings import Hits, observed
from autograder.proof.lint.replacing import numbers_in
from autograder.proof.lint.trials import Change, Trials
from autograder.sandbox import Attribute

_EPS = {"eps", "epsilon"}
_NO_EPS = {"gradient", "gradients", "numerical", "numeric", "difference", "differences"}
_VISIBLE = 1e-6
# What it has to change an answer by, in parts of the largest number in it.
_SHOWS = 1e-4


def _optimisers(trials: Trials) -> Iterator[tuple[str, str, list[Event]]]:
    for task, label, calls in functions(trials):
        if is_stateful(trials, label):
            yield task, label, calls


@observed("single-step", "Take three steps or more with gradients that change, and compare each")
def single_step(trials: Trials) -> Hits:
    """An optimiser is compared after its first step from nothing only."""
    for task, label, calls in _optimisers(trials):
        methods = {name for _, name, _ in functions(trials) if name.startswith(f"{label}.")}
        if "." in label or (methods and _steps(trials, task, methods)):
            continue
        if methods or not any(_has_history(trials, call) for call in calls):
            yield at(calls[0], task, "never takes a second step")


def _steps(trials: Trials, task: str, methods: set[str]) -> bool:
    """Whether one object is asked for a second step in any check."""
    for check in trials.tasks[task]:
        objects = [
            event.target.target
            for event in check.events
            if event.label in methods and isinstance(event.target, Attribute)
        ]
        if len(objects) > len({id(each) for each in objects}):
            return True
    return False


def _has_history(trials: Trials, call: Event) -> bool:
    """Whether the state that a step starts from is more than zeros."""
    given = trials.arguments(call)
    state = [value for name, value in given.items() if name.lower() in STATE - {"betas", "beta"}]
    arrays = [array for value in state for array in numbers_in(value) if array.ndim]
    return any(not is_constant(array) and array.any() for array in arrays)


@observed("invisible-eps", "Pass an eps that shows, such as 0.1, in one check")
def invisible_eps(trials: Trials) -> Hits:
    """The eps of an optimiser or a normalisation is never large enough to be seen."""
    for task, label, calls in functions(trials):
        names = {parameter.name.lower() for parameter in trials.parameters(label)}
        has_eps = names & _EPS and not words(label) & _NO_EPS
        if has_eps and not any(_shows_eps(trials, call) for call in calls):
            yield at(calls[0], task, "has an eps that never shows in its result")


def _shows_eps(trials: Trials, call: Event) -> bool:
    """Whether an answer is another without the eps; of an object, whether its eps is large."""
    given = trials.arguments(call)
    known = {parameter.name: parameter.default for parameter in trials.parameters(call.label)}
    (name,) = [name for name in known if name.lower() in _EPS]
    if not numbers_in(call.value):
        return bool(given.get(name, known[name]) > _VISIBLE)
    return not is_alike(call.value, trials.ask(call, name, 0.0), _SHOWS)


@observed("one-parameter", "Give it two parameters or more, of different shapes")
def one_parameter(trials: Trials) -> Hits:
    """An optimiser gets lists of one parameter only."""
    for task, label, calls in _optimisers(trials):
        lists = [_lists(call) for call in calls]
        if (
            "." not in label
            and all(lists)
            and {len(each) for part in lists for each in part} == {1}
        ):
            yield at(calls[0], task, "is tried with a single parameter")


def _lists(call: Event) -> list[Any]:
    """The arguments that are lists of arrays."""
    return [
        value
        for value in (*call.args, *call.kwargs.values())
        if isinstance(value, list | tuple) and value and all(hasattr(v, "ndim") for v in value)
    ]


@observed("in-place-unnoticed", "Add unchanged(student), so that a gradient written to is noticed")
def in_place_unnoticed(trials: Trials) -> Hits:
    """Nobody asks whether an optimiser's step changes the gradients or parameters it was given."""
    for task, label, calls in _optimisers(trials):
        if "." in label or not any(map(arrays_of, calls)):
            continue
        methods = {name for _, name, _ in functions(trials) if name.startswith(f"{label}.")}
        change = Change("mutated", frozenset(methods | {label}))
        if noticed(trials, trials.few(trials.tasks[task]), change) is False:
            yield at(calls[0], task, "may change its arguments unnoticed")
