"""Rules about how a check is written: exceptions, loops, tolerances."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.proof.lint.findings import Hit, rule
from autograder.proof.lint.reading import Checks
from autograder.proof.lint.trace import Trace, root
from autograder.proof.lint.values import Value

_WIDE = {"Exception", "BaseException", "AutograderError", "SessionError", "StudentError"}
_POSITIONAL = {"assert_allclose": 2, "allclose": 2, "isclose": 2, "approx": 1}
_CLOSE = {"close", "allclose", "isclose", "assert_allclose", "assert_close", "approx", "check"}
_WIDEST = {"rtol": 0.1, "atol": 0.1, "rel": 0.1, "abs": 0.1, "tol": 0.01}


def _name(node: ast.expr | None) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@rule(
    "bare-except",
    "Name the one exception that is right and let all others through, or fail in the handler",
)
def bare_except(checks: Checks) -> Iterator[Hit]:
    """An `except`, `suppress` or `pytest.raises` that takes any exception for the right one.

    NotImplementedError then passes a test for "this raises on a cycle", and where the handler
    only prints, the student's own traceback is hidden.
    """
    for source in checks.sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ExceptHandler) and _is_wide(node.type):
                if not _does_something(node):
                    yield Hit(source, node.lineno, "this takes every exception and goes on")
            elif isinstance(node, ast.With):
                for item in node.items:
                    call = item.context_expr
                    if not isinstance(call, ast.Call) or not call.args:
                        continue
                    if _name(call.func) not in ("raises", "suppress") or call.keywords:
                        continue
                    if _is_wide(call.args[0]) and item.optional_vars is None:
                        what = f"`{_name(call.func)}` takes every exception for the right one"
                        yield Hit(source, call.lineno, what)


def _is_wide(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_is_wide(item) for item in kind.elts)
    return kind is None or _name(kind) in _WIDE


def _does_something(handler: ast.ExceptHandler) -> bool:
    """Whether the handler fails, raises, or looks at the exception other than to print it."""
    printed = {
        id(name)
        for node in ast.walk(handler)
        if isinstance(node, ast.Call) and _name(node.func) in ("print", "str", "repr")
        for name in ast.walk(node)
    }
    for node in ast.walk(handler):
        if isinstance(node, ast.Raise | ast.Assert):
            return True
        if isinstance(node, ast.Call) and _name(node.func) == "fail":
            return True
        if isinstance(node, ast.Name) and node.id == handler.name and id(node) not in printed:
            return True
    return False


@rule("zip-truncates", "Write zip(..., strict=True), or compare the lengths first")
def zip_truncates(checks: Checks) -> Iterator[Hit]:
    """`zip` of a student's list with the expected one, the length of which nobody looks at.

    It stops at the shorter one: an empty answer is compared with nothing and passes.
    """
    for check in checks.checks:
        for zipped in check.trace.zips:
            one = len({_whole(value) for value in zipped.args}) == 1
            if not one and any(_open(value, check.trace) for value in zipped.args):
                line = getattr(zipped.node, "lineno", 1)
                yield Hit(
                    zipped.source,
                    line,
                    f"task {check.task!r}: `zip` stops at the end of a shorter answer",
                )


def _open(value: Value, trace: Trace) -> bool:
    """Whether a value is the student's, as they returned it, and nothing asks how long it is."""
    if value.key is None or value.parts is not None or not value.student:
        return False
    return root(value.key) not in trace.sized


def _whole(value: Value) -> object:
    """The key of the value that this one is cut out of, as in zip(losses, losses[1:])."""
    key = root(value.key)
    while isinstance(key, tuple) and len(key) == 3 and key[0] == "item":
        key = root(key[1])
    return key


@rule(
    "students-own-keys",
    "Loop over the expected keys or values, and compare the length or the keys first",
)
def students_own_keys(checks: Checks) -> Iterator[Hit]:
    """A loop over the student's own keys, values or length, in which the assertions stand.

    An empty dictionary or list goes round no time at all and passes; a partial one is checked
    in part.
    """
    for check in checks.checks:
        for loop in check.trace.loops:
            zipped = "zipped" in loop.value.traits
            if loop.decides and not zipped and _open(loop.value, check.trace):
                yield Hit(
                    loop.source,
                    getattr(loop.node, "lineno", 1),
                    f"task {check.task!r}: this goes round as often as the answer says",
                )


@rule("positional-tolerance", "Write rtol=... and atol=... by name, and spread nothing into them")
def positional_tolerance(checks: Checks) -> Iterator[Hit]:
    """Tolerances by position, or a list of values spread into them.

    `assert_allclose(actual, 1 / e, 0, e)` asks for an absolute tolerance of e: it accepts zeros
    and almost everything else. What is spread behind `*` ends up in rtol and atol.
    """
    for source in checks.sources:
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or _name(node.func) not in _POSITIONAL:
                continue
            most = _POSITIONAL[_name(node.func)]
            spread = any(isinstance(arg, ast.Starred) for arg in node.args)
            if len(node.args) > most or spread:
                what = "values are spread into tolerances" if spread else "a tolerance by position"
                yield Hit(source, node.lineno, f"{what} of `{_name(node.func)}`")


@rule("wide-tolerance", "Ask for what a right solution reaches, some 1e-6 in float64")
def wide_tolerance(checks: Checks) -> Iterator[Hit]:
    """A tolerance of a tenth or more, which hides a forgotten factor or term.

    Gradients within 1 % and sums within 0.1 have been taken for right.
    """
    for source in checks.sources:
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or _name(node.func) not in _CLOSE:
                continue
            for keyword in node.keywords:
                most = _WIDEST.get(keyword.arg or "")
                value = keyword.value
                number = value.value if isinstance(value, ast.Constant) else None
                if most is not None and isinstance(number, int | float) and number >= most:
                    what = f"{keyword.arg}={number!r} accepts almost everything"
                    yield Hit(source, value.lineno, what)
