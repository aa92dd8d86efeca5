"""Two oracles: what the answers of a task are compared with."""

from __future__ import annotations

import ast

from autograder.proof.lint.answers import of_chance
from autograder.proof.lint.findings import Hits, observed
from autograder.proof.lint.replacing import numbers_in, same
from autograder.proof.lint.trials import Change, Ran, Trials


def oracles(trials: Trials) -> dict[str, dict[str, Ran]]:
    """The kinds of oracle of every task that has numbers to compare, each with a check of it.

    Kinds are reference, torch, differences, closed form (computed in the checks), worked example
    (written down in the public, or in the hidden checks) and property (such as an invariance).
    A task of derivations, texts, training or draws alone is not among them.
    """
    found: dict[str, dict[str, Ran]] = {}
    for task, every in trials.tasks.items():
        for check in trials.few(every):
            for kind in kinds(trials, check):
                found.setdefault(task, {}).setdefault(kind, check)
    return found


def kinds(trials: Trials, check: Ran) -> set[str]:
    """The kinds of oracle that a check compares numbers with."""
    names = frozenset(
        event.label
        for event in check.events
        if not of_chance(event.label) and numbers_in(event.value)
    )
    if not names or trials.passes(check, Change("random", names)) is not False:
        return set()
    found = set()
    if trials.passes(check, Change(reference="alike")) is False:
        found.add("reference")
        if trials.passes(check, Change("alike", names, "alike")):
            return found
    if trials.passes(check, Change("scaled", names, "scaled" if found else "")):
        return found | {"property"}
    expected = trials.expected(check)
    used = set(check.used)
    if "torch" in used and expected and same(expected, trials.expected(check, twisted=True)):
        used.remove("torch")  # it helps with the answer, and has no part in what is right
    if used:
        return found | used
    if _is_written(check, expected):
        return found | {f"worked example ({check.info.visibility})"}
    return found | {"closed form"}


def _is_written(check: Ran, expected: list[object]) -> bool:
    """Whether all numbers that a check compares with stand in its file."""
    constants = {
        abs(node.value)
        for node in ast.walk(check.source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }
    numbers = [abs(float(x)) for each in numbers_in(expected) for x in each.real.flat]
    return constants.issuperset(numbers)


@observed(
    "one-oracle",
    "Add a check against something else: the reference, torch, a closed form, differences, an "
    "example worked by hand, or an invariance",
)
def one_oracle(trials: Trials) -> Hits:
    """The numbers of a task are compared with one kind of oracle only."""
    for task, found in oracles(trials).items():
        if len(found) == 1:
            (kind,) = found
            first = min(found.values(), key=lambda check: (str(check.source.path), check.line))
            yield first.source.path, first.line, f"task {task!r}: its only oracle is {kind}"
