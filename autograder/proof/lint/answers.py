"""Rules about what becomes of an answer: is it compared at all, whole, and with something else?"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from autograder.proof.lint.findings import Hit, rule
from autograder.proof.lint.reading import Check, Checks, tokens
from autograder.proof.lint.trace import Comparison
from autograder.proof.lint.values import Value

_SHOWS_VALUES = {"close", "assert", "truth", "derivation"}
_CHANCE = {"init", "initialise", "initialize", "sample", "draw", "random", "noise", "dropout"} | {
    "train", "fit", "minimise", "minimize", "optimise", "optimize", "generate", "shuffle",
}  # fmt: skip
_EQUALITIES = {"close", "equal", "allclose", "array_equal", "isclose"} | {
    "assert_allclose", "assert_close", "assert_equal", "assert_array_equal", "approx",
}  # fmt: skip


def _base(name: str) -> str:
    return name.partition("#")[0]


def _covered(name: str, known: Iterable[str]) -> bool:
    """Whether `name`, the whole it is part of or, if it is a whole, a part of it is known."""
    return any(
        other in (name, _base(name)) or ("#" not in name and _base(other) == name)
        for other in known
    )


def _of(comparison: Comparison, kind: str) -> frozenset[str]:
    pair = comparison.pair
    return pair.actual.names(kind) | pair.expected.names(kind)


@rule(
    "shapes-only",
    "Compare the values as well: close(answer, expected) looks at the shape, too",
)
def shapes_only(checks: Checks) -> Iterator[Hit]:
    """Of an answer only the shape, type, length or presence is looked at.

    Attentions without scale, without softmax, or all zero pass where the test reads the
    output's shape; whole layers have been graded by their shapes and parameter counts.
    """
    for task, group in checks.tasks.items():
        valued = {
            name
            for check in group
            for comparison in check.trace.comparisons
            for name in _of(comparison, "s") | _of(comparison, "r")
        }
        told: set[str] = set()
        for check in group:
            if check.trace.judged_elsewhere:
                continue
            for comparison in check.trace.comparisons:
                for name in sorted(comparison.pair.actual.names("f")):
                    asked = name in _asked(group) or "#" in name
                    if not asked or name in told or _covered(name, valued):
                        continue
                    told |= {name}
                    what = _spoken(name)
                    yield Hit(
                        check.source,
                        check.line,
                        f"task {task!r}: of {what} only shape, type or length is looked at",
                    )


def of_chance(name: str) -> bool:
    """Whether a function draws or trains, by its name: then its moments are what there is."""
    return bool(tokens(_base(name)) & _CHANCE)


def _asked(group: list[Check]) -> set[str]:
    """The names that the checks call, read or ask the existence of."""
    called = {call.name for check in group for call in check.trace.calls}
    return called.union(*(check.trace.reads for check in group))


def _spoken(name: str) -> str:
    whole, _, part = name.partition("#")
    return f"`{whole}`" if not part else f"part {int(part) + 1} of what `{whole}` returns"


@rule(
    "reduction-only",
    "Compare the answer entry by entry, or weigh it with a random array before the sum",
)
def reduction_only(checks: Checks) -> Iterator[Hit]:
    """Of an answer only a sum, a mean, a norm or a bound is compared.

    Any rearrangement of a convolution's output has the same sum, and every matrix that is
    normalised by rows passes where the rows are added up. A function that draws or trains, by
    its name, is left alone: its moments are what there is to compare.
    """
    for task, group in checks.tasks.items():
        valued = {
            name
            for check in group
            for comparison in check.trace.comparisons
            if comparison.pair.how in _SHOWS_VALUES
            for name in _of(comparison, "s")
        }
        told: set[str] = set()
        for check in group:
            if check.trace.judged_elsewhere:
                continue
            for comparison in check.trace.comparisons:
                names = _of(comparison, "r")
                alone = {name for name in names - told - {"?"} if not _covered(name, valued)}
                if not alone or any(of_chance(name) for name in names):
                    continue
                told |= alone
                what = " and ".join(_spoken(name) for name in sorted(alone))
                yield Hit(
                    comparison.source,
                    comparison.line,
                    f"task {task!r}: of {what} only a sum, a mean or a bound is compared",
                )


@rule(
    "self-consistency",
    "Compare with something that is not the student's: the reference, torch, a closed form, or "
    "differences of a loss written in the checks",
)
def self_consistency(checks: Checks) -> Iterator[Hit]:
    """An answer is compared with nothing but the student's own answers.

    A gradient of zeros equals the differences of a loss that is constant, so that an untouched
    starter passes; a wrong forward pass agrees with its own gradient.
    """
    grounded = _grounded(checks)
    for task, group in checks.tasks.items():
        told: set[str] = set()
        for check in group:
            for comparison in check.trace.comparisons:
                names = _sides(comparison)[0] | _sides(comparison)[1]
                alone = names - grounded - told - {"?"}
                if comparison.pair.how in ("form", "raises") or not alone:
                    continue
                told |= alone
                listed = " and ".join(f"`{name}`" for name in sorted(alone))
                yield Hit(
                    comparison.source,
                    comparison.line,
                    f"task {task!r}: {listed}: compared only with the student's own answers",
                )


def _sides(comparison: Comparison) -> tuple[frozenset[str], frozenset[str]]:
    def names(value: Value) -> frozenset[str]:
        return frozenset(_base(name) for name in value.names("s") | value.names("r"))

    pair = comparison.pair
    if (
        pair.how != "itself"
        and pair.actual.key is not None
        and pair.actual.key == pair.expected.key
    ):
        return frozenset(), frozenset()  # one value twice: that is for cannot-fail
    return names(pair.actual), names(pair.expected)


def _grounded(checks: Checks) -> set[str]:
    """The student's functions that something independent speaks for, directly or by another."""
    every = [c for check in checks.checks for c in check.trace.comparisons]
    useful = [_sides(c) for c in every if c.pair.how not in ("form", "itself", "raises")]
    grounded: set[str] = set()
    for check in checks.checks:
        if check.trace.judged_elsewhere:
            grounded |= {call.name for call in check.trace.calls} | check.trace.reads
    for actual, expected in useful:
        if not actual or not expected:
            grounded |= actual | expected
    while True:
        more = {
            name
            for actual, expected in useful
            for name in (actual | expected) - grounded
            if (actual | expected) & grounded and len((actual | expected) - grounded) == 1
        }
        if not more:
            return grounded
        grounded |= more


@rule("student-never-asked", "Call the student's function, or fetch their value, and compare it")
def student_never_asked(checks: Checks) -> Iterator[Hit]:
    """A check that neither calls nor reads anything of the student's.

    It passes for everyone: a helper is tested instead of the answer, or nothing at all.
    """
    for check in checks.checks:
        if not check.trace.asks_the_student:
            yield Hit(
                check.source,
                check.line,
                f"task {check.task!r}: `{check.name}` asks nothing of the student",
            )


@rule("cannot-fail", "Assert a comparison of the answer with what it should be")
def cannot_fail(checks: Checks) -> Iterator[Hit]:
    """An assertion that holds whatever the student answers.

    `assert (x, "message")` is a tuple and true, a sum equals itself, a comparison without
    `assert` is thrown away, and a check without any comparison passes once nothing is raised.
    """
    for source in checks.sources:
        for node in ast.walk(source.tree):
            problem = _holds_always(node)
            if problem:
                yield Hit(source, getattr(node, "lineno", 1), problem)
    for check in checks.checks:
        trace = check.trace
        for node, source in trace.thrown_away:
            line = getattr(node, "lineno", 1)
            yield Hit(source, line, "this comparison is thrown away: `assert` is missing")
        says = any(isinstance(n, ast.Assert | ast.Raise | ast.With) for n in ast.walk(check.node))
        done = trace.comparisons or trace.judged_elsewhere or trace.thrown_away
        if trace.asks_the_student and not done and not says:
            yield Hit(
                check.source,
                check.line,
                f"task {check.task!r}: `{check.name}` compares nothing with anything",
            )


def _holds_always(node: ast.AST) -> str | None:
    """Say why an assertion or a comparison holds whatever it is about, or None."""
    if isinstance(node, ast.Assert):
        return _true_of_itself(node.test)
    both: list[ast.expr] = []
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
        both = [node.left, *node.comparators]
    elif isinstance(node, ast.Call) and len(node.args) >= 2:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        both = node.args[:2] if name in _EQUALITIES else []
    return "this compares a value with itself" if both and _same(*both) else None


def _true_of_itself(test: ast.expr) -> str | None:
    if isinstance(test, ast.Constant) and test.value:
        return f"`assert {test.value!r}` always holds"
    if isinstance(test, ast.Tuple) and test.elts:
        return "this asserts a tuple, which is always true: drop the parentheses"
    if isinstance(test, ast.GeneratorExp | ast.Lambda):
        return "this asserts a generator or a function, which is always true"
    parts = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) else []
    if any(isinstance(part, ast.Constant) and part.value for part in parts):
        return "this `or` always holds"
    return None


def _same(one: ast.expr, other: ast.expr) -> bool:
    if isinstance(one, ast.Constant) or ast.dump(one) != ast.dump(other):
        return False
    # Two calls of the student's function, or two draws, may well differ.
    names = {n.id for n in ast.walk(one) if isinstance(n, ast.Name)}
    calls = any(isinstance(n, ast.Call) for n in ast.walk(one))
    return not (calls and names & {"student", "rng", "reference"})


@rule("only-sometimes", "Fail in the other branch, or assert the condition itself first")
def only_sometimes(checks: Checks) -> Iterator[Hit]:
    """Every assertion of a check stands under an `if` on the student's answer.

    Whoever answers None, an empty list or another type is not checked, and passes.
    """
    for check in checks.checks:
        comparisons = check.trace.comparisons
        if comparisons and all(c.guarded is not None for c in comparisons):
            guard = comparisons[0]
            yield Hit(
                guard.source,
                getattr(guard.guarded, "lineno", check.line),
                f"task {check.task!r}: `{check.name}` checks nothing unless this holds",
            )
