"""Two oracles: what the answers of a task are compared with."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.proof.lint.answers import of_chance
from autograder.proof.lint.findings import Hit, rule
from autograder.proof.lint.reading import Check, Checks
from autograder.proof.lint.trace import Comparison
from autograder.proof.lint.values import Value

_TEXT = "text"  # a word or a list of names: an example by hand, but no number


def oracles(checks: Checks) -> dict[str, frozenset[str]]:
    """The kinds of oracle of every task that has numbers to compare.

    Kinds are reference, torch, scipy, numpy.linalg, differences, closed form (computed in the
    checks), worked example (written down there) and property (an invariance, a sum, a bound).
    A task of derivations, texts, training or draws alone is not among them.
    """
    found = {}
    for task, group in checks.tasks.items():
        kinds = frozenset().union(*(_kinds(c) for check in group for c in check.trace.comparisons))
        unclear = any(check.trace.judged_elsewhere for check in group)
        if kinds - {_TEXT} and not unclear:
            examples = {"worked example"} if _TEXT in kinds else set()
            found[task] = (kinds - {_TEXT}) | examples
    return found


def _kinds(comparison: Comparison) -> frozenset[str]:
    pair = comparison.pair
    names = pair.actual.names("s") | pair.expected.names("s")
    reduced = pair.actual.names("r") | pair.expected.names("r")
    if pair.how in ("form", "unchanged", "raises", "derivation") or not (names or reduced):
        return frozenset()
    if all(of_chance(name) for name in names | reduced):
        return frozenset()
    if _is_text(pair.expected):
        return frozenset({_TEXT})
    if pair.how in ("bound", "itself"):
        return frozenset({"property"})
    named = pair.expected.names("o") | (pair.actual.names("o") if reduced else frozenset())
    if pair.expected.names("s") | pair.expected.names("r"):
        return frozenset({"property"}) | named
    if named:
        # A pseudo-inverse that helps to set up the problem is no oracle beside torch.
        return named - {"numpy.linalg"} or named
    if isinstance(pair.expected.const, bool) and pair.actual.names("a"):
        return pair.actual.names("a")
    if reduced and not names and pair.expected.known:
        return frozenset({"property"})
    return frozenset({"closed form" if _computed(pair.expected) else "worked example"})


def _is_text(value: Value) -> bool:
    parts = [value] if value.parts is None else list(value.parts)
    return bool(parts) and all(isinstance(part.const, str) for part in parts)


def _computed(value: Value) -> bool:
    return bool(value.labels & {"c", "rng"})


@rule(
    "one-oracle",
    "Add a check against something else: the reference, torch, scipy, a closed form, "
    "differences, an example worked by hand, or an invariance",
)
def one_oracle(checks: Checks) -> Iterator[Hit]:
    """The numbers of a task are compared with one kind of oracle only.

    A reference that is wrong for some sizes marks right answers wrong and wrong ones right; so
    does a slip in the one formula of the checks. Two independent oracles notice.
    """
    for task, kinds in oracles(checks).items():
        if len(kinds) == 1:
            first = _first(checks.tasks[task])
            yield Hit(
                first.source,
                first.line,
                f"task {task!r}: its only oracle is {next(iter(kinds))}",
            )


def _first(group: list[Check]) -> Check:
    """The first check of a task that compares numbers."""
    return next(c for c in group if any(_kinds(k) for k in c.trace.comparisons))
