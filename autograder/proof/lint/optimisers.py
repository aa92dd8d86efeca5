"""Rules about optimiser steps: what shows only later, with other numbers, or on a second array."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from autograder.proof.lint.findings import Hit, rule
from autograder.proof.lint.inputs import calls_by_name, named
from autograder.proof.lint.reading import Check, Checks, tokens
from autograder.proof.lint.trace import Call
from autograder.proof.lint.values import Value, plain

_OPTIMISERS = {"adam", "adamw", "adamax", "nadam", "amsgrad", "rmsprop", "adagrad", "adadelta"} | {
    "momentum", "nesterov", "lion", "optimizer", "optimiser",
}  # fmt: skip
_STATE = {"m", "v", "t", "state", "states", "moments", "velocity", "momentum", "betas", "beta"} | {
    "beta1", "beta2", "exp_avg", "exp_avg_sq", "buffer",
}  # fmt: skip
_RATE = {"lr", "learning_rate", "alpha", "eta", "step_size"}
_COUNTS = {"steps", "n_steps", "num_steps", "iterations", "epochs", "n_iter", "num_iterations"}
_STEPS = {"step", "update", "apply_gradients", "apply"}
_WITH_EPS = {"adam", "adamw", "rmsprop", "adagrad", "adadelta", "layernorm", "batchnorm"} | {
    "rmsnorm", "groupnorm",
}  # fmt: skip
_EPS = {"eps", "epsilon"}
_NO_EPS = {"gradient", "gradients", "numerical", "numeric", "difference", "differences"}
_VISIBLE = 1e-6


def is_stateful(checks: Checks, calls: list[Call]) -> bool:
    """Whether these calls are of an optimiser that keeps something from step to step."""
    names = {name.lower() for call in calls for name in named(checks, call)}
    names |= {name.lower() for name in checks.signatures.get(calls[0].name, ())}
    if names & _COUNTS:
        return False  # it goes all the way by itself
    if tokens(calls[0].name) & _OPTIMISERS:
        return True
    return bool(names & _STATE and names & _RATE and len(names & _STATE) > 1)


def _optimisers(checks: Checks) -> Iterator[tuple[str, str, list[Call]]]:
    for task in checks.tasks:
        for name, calls in calls_by_name(checks, task).items():
            if is_stateful(checks, calls):
                yield task, name, calls


def _at(calls: list[Call], message: str) -> Hit:
    return Hit(calls[0].source, getattr(calls[0].node, "lineno", 1), message)


@rule("single-step", "Take three steps or more with gradients that change, and compare each")
def single_step(checks: Checks) -> Iterator[Hit]:
    """An optimiser is compared after its first step from nothing only.

    The first step of Adam is the sign of the gradient times the learning rate: swapped betas,
    no moments at all and a wrong bias correction pass.
    """
    for task, name, calls in _optimisers(checks):
        group = checks.tasks[task]
        if not any(_goes_on(checks, check, name) for check in group):
            yield _at(calls, f"task {task!r}: `{name}` never takes a second step")


def _goes_on(checks: Checks, check: Check, name: str) -> bool:
    """Whether a check carries the optimiser's state from one step to the next, or gives it one."""
    mine = [call for call in check.trace.calls if call.name == name]
    made = any(call.name == name for call in check.trace.calls)
    steps = [c for c in check.trace.calls if c.name in _STEPS and c.receiver is not None]
    if made and (len(steps) > 1 or any(call.looped for call in steps)):
        return True
    if made and steps:
        return False
    return any(call.looped or _has_history(checks, call) for call in mine)


def _has_history(checks: Checks, call: Call) -> bool:
    arguments = named(checks, call)
    carried = {name.partition("#")[0] for v in arguments.values() for name in v.names("s")}
    if call.name in carried:
        return True
    moments = [v for n, v in arguments.items() if n.lower() in _STATE - {"t", "betas", "beta"}]
    arrays = [array for value in moments for array in value.arrays() if array.shape != ()]
    if arrays and all("equal" not in array.traits for array in arrays):
        return True
    return any(value.labels & {"o:torch", "o:reference"} for value in moments)


@rule("invisible-eps", "Pass an eps that shows, such as 0.1, in one check")
def invisible_eps(checks: Checks) -> Iterator[Hit]:
    """The eps of an optimiser or a normalisation is never large enough to be seen.

    With gradients of order one and eps = 1e-8 it does not matter whether it stands inside the
    root, outside, before the bias correction, or nowhere.
    """
    for task in checks.tasks:
        for name, calls in calls_by_name(checks, task).items():
            spec = {p.lower() for p in checks.signatures.get(name, ())}
            given = {n.lower() for call in calls for n in named(checks, call)}
            words = tokens(name)
            joined = "".join(sorted(words & {"layer", "batch", "rms", "group"})) + "norm"
            known = bool(words & _WITH_EPS) or ("norm" in words and joined in _WITH_EPS)
            has_eps = bool((spec | given) & _EPS) or (known and not spec)
            if not has_eps or words & _NO_EPS:
                continue
            if not any(_shows_eps(checks, call) for call in calls):
                yield _at(calls, f"task {task!r}: the eps of `{name}` never shows in its result")


def _shows_eps(checks: Checks, call: Call) -> bool:
    for name, value in named(checks, call).items():
        number = plain(value)
        if name.lower() in _EPS and (not isinstance(number, int | float) or number > _VISIBLE):
            return True
        if any("tiny" in array.traits for array in value.arrays()):
            return True
    return "**" in call.kwargs


@rule("one-parameter", "Give it two parameters or more, of different shapes")
def one_parameter(checks: Checks) -> Iterator[Hit]:
    """An optimiser gets lists of one parameter only.

    One that updates the first parameter and forgets the others passes.
    """
    for task, name, calls in _optimisers(checks):
        lists = [[v for v in (*c.args, *c.kwargs.values()) if _is_list(v)] for c in calls]
        if all(lists) and all(len(v.parts or ()) == 1 for v in itertools.chain(*lists)):
            yield _at(calls, f"task {task!r}: `{name}` is tried with a single parameter")


def _is_list(value: Value) -> bool:
    parts = value.parts
    return bool(parts) and value.shape is None and all(p.shape is not None for p in parts or ())


@rule("in-place-unnoticed", "Add unchanged(student), so that a gradient written to is noticed")
def in_place_unnoticed(checks: Checks) -> Iterator[Hit]:
    """Nobody asks whether an optimiser's step changes the gradients or parameters it was given.

    Weight decay that is added to the gradient in place is counted twice in the next step.
    """
    for task, name, calls in _optimisers(checks):
        arrays = [a for c in calls for v in (*c.args, *c.kwargs.values()) for a in v.arrays()]
        if any(check.trace.unchanged for check in checks.tasks[task]):
            continue
        if any(array.shape != () for array in arrays):
            yield _at(calls, f"task {task!r}: `{name}` may change its arguments unnoticed")
