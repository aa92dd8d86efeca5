"""Rules that read how a check is written: exceptions, tolerances, draws, seeds."""

from __future__ import annotations

import ast

from autograder.proof.lint.files import Source
from autograder.proof.lint.findings import Hits, written

_WIDE = {"Exception", "BaseException", "AutograderError", "SessionError", "StudentError"}
_POSITIONAL = {"assert_allclose": 2, "allclose": 2, "isclose": 2, "approx": 1}
_TRUE_OR_FALSE = {"allclose", "isclose", "array_equal"}
_EQUALITIES = _TRUE_OR_FALSE | {"close", "equal", "approx"} | {
    "assert_allclose", "assert_close", "assert_equal", "assert_array_equal",
}  # fmt: skip
_CLOSE = {"close", "allclose", "isclose", "assert_allclose", "assert_close", "approx", "check"}
_WIDEST = {"rtol": 0.1, "atol": 0.1, "rel": 0.1, "abs": 0.1, "tol": 0.01}
_SEEDS = {"seed", "default_rng", "RandomState", "manual_seed", "Random"}


def _name(node: ast.expr | None) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@written(
    "bare-except",
    "Name the one exception that is right and let all others through, or fail in the handler",
)
def bare_except(source: Source) -> Hits:
    """An `except`, `suppress` or `pytest.raises` that takes any exception for the right one.

    NotImplementedError then passes a test for "this raises on a cycle", and where the handler
    only prints, the student's own traceback is hidden.
    """
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and _is_wide(node.type):
            if not _does_something(node):
                yield source.path, node.lineno, "this takes every exception and goes on"
        elif isinstance(node, ast.With):
            for item in node.items:
                call = item.context_expr
                if not isinstance(call, ast.Call) or not call.args or call.keywords:
                    continue
                catches = _name(call.func) in ("raises", "suppress")
                if catches and _is_wide(call.args[0]) and item.optional_vars is None:
                    what = f"`{_name(call.func)}` takes every exception for the right one"
                    yield source.path, call.lineno, what


def _is_wide(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_is_wide(item) for item in kind.elts)
    return kind is None or _name(kind) in _WIDE


def _does_something(handler: ast.ExceptHandler) -> bool:
    """Whether the handler fails, raises, or looks at the exception other than to print it."""
    printed = {
        id(name)
        for call in _calls(handler)
        if _name(call.func) in ("print", "str", "repr")
        for name in ast.walk(call)
    }
    for node in ast.walk(handler):
        if isinstance(node, ast.Raise | ast.Assert):
            return True
        if isinstance(node, ast.Call) and _name(node.func) == "fail":
            return True
        if isinstance(node, ast.Name) and node.id == handler.name and id(node) not in printed:
            return True
    return False


@written(
    "positional-tolerance", "Write rtol=... and atol=... by name, and spread nothing into them"
)
def positional_tolerance(source: Source) -> Hits:
    """Tolerances by position, or a list of values spread into them."""
    for call in _calls(source.tree):
        most = _POSITIONAL.get(_name(call.func), len(call.args))
        spread = any(isinstance(arg, ast.Starred) for arg in call.args)
        if _name(call.func) in _POSITIONAL and (len(call.args) > most or spread):
            what = "values are spread into tolerances" if spread else "a tolerance by position"
            yield source.path, call.lineno, f"{what} of `{_name(call.func)}`"


@written("wide-tolerance", "Ask for what a right solution reaches, some 1e-6 in float64")
def wide_tolerance(source: Source) -> Hits:
    """A tolerance of a tenth or more, which hides a forgotten factor or term."""
    for call in _calls(source.tree):
        for keyword in call.keywords if _name(call.func) in _CLOSE else []:
            number = _number(keyword.value)
            if number is not None and number >= _WIDEST.get(keyword.arg or "", number + 1):
                what = f"{keyword.arg}={number!r} accepts almost everything"
                yield source.path, keyword.value.lineno, what


@written("constant-draw", "Widen the range: the upper end of integers and randint is not drawn")
def constant_draw(source: Source) -> Hits:
    """A draw that has one outcome only, such as `integers(1)`, which is always 0."""
    for call in _calls(source.tree):
        only = _only_outcome(call)
        if only is not None:
            yield source.path, call.lineno, f"`{_name(call.func)}` draws nothing but {only:g} here"


def _only_outcome(call: ast.Call) -> float | None:
    """The one number that this call can draw, or None."""
    name = _name(call.func)
    if not isinstance(call.func, ast.Attribute) or name not in ("integers", "randint", "uniform"):
        return None
    if any(keyword.arg in ("endpoint", "high", "low") for keyword in call.keywords):
        return None
    if _name(call.func.value) == "random":
        return None  # Python's own randint draws its upper end, too
    ends = [_number(argument) for argument in call.args[:2]]
    if len(ends) == 1 and name != "uniform":
        ends = [0, *ends]
    low, high = ends if len(ends) == 2 else (None, None)
    if low is None or high is None:
        return None
    return low if high - low == (0 if name == "uniform" else 1) else None


def _number(node: ast.expr) -> float | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, int | float) else None


@written(
    "one-seed", "Take the fixture `rng`, and several seeds where training or sampling is judged"
)
def one_seed(source: Source) -> Hits:
    """A fixed seed in the checks, or one seed for what depends on chance."""
    for statement in source.tree.body:
        seeds = [call for call in _calls(statement) if _is_seed(call)]
        if len({ast.dump(call.args[0]) for call in seeds}) == 1:
            yield source.path, seeds[0].lineno, f"`{ast.unparse(seeds[0])}` is one fixed seed"


def _is_seed(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    whole = isinstance(first, ast.Constant) and isinstance(first.value, int)
    return _name(call.func) in _SEEDS and whole and "student" not in ast.dump(call.func)


@written("cannot-fail", "Assert a comparison of the answer with what it should be")
def cannot_fail(source: Source) -> Hits:
    """A check or an assertion that holds whatever the student answers.

    `assert (x, "message")` is a tuple and true, a sum equals itself, a comparison without
    `assert` is thrown away, and a check without any comparison passes once nothing is raised.
    """
    for node in ast.walk(source.tree):
        problem = _holds_always(node)
        if problem:
            yield source.path, getattr(node, "lineno", 1), problem


def _holds_always(node: ast.AST) -> str | None:
    """Say why an assertion or a comparison holds whatever it is about, or None."""
    both: list[ast.expr] = []
    match node:
        case ast.Assert(test=ast.Tuple(elts=[_, *_])):
            return "this asserts a tuple, which is always true: drop the parentheses"
        case ast.Assert(test=ast.GeneratorExp() | ast.Lambda()):
            return "this asserts a generator or a function, which is always true"
        case ast.Assert(test=ast.Constant(value=value)) if value:
            return f"`assert {value!r}` always holds"
        case ast.Assert(test=ast.BoolOp(op=ast.Or(), values=values)) if any(
            isinstance(part, ast.Constant) and part.value for part in values
        ):
            return "this `or` always holds"
        case ast.Expr(value=ast.Compare()):
            return "this comparison is thrown away: `assert` is missing"
        case ast.Expr(value=ast.Call(func=func)) if _name(func) in _TRUE_OR_FALSE:
            return "this comparison is thrown away: `assert` is missing"
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            both = [left, right]
        case ast.Call(func=func, args=[left, right, *_]) if _name(func) in _EQUALITIES:
            both = [left, right]
    return "this compares a value with itself" if both and _same(*both) else None


def _same(one: ast.expr, other: ast.expr) -> bool:
    if isinstance(one, ast.Constant) or ast.dump(one) != ast.dump(other):
        return False
    # Two calls of the student's function, or two draws, may well differ.
    names = {node.id for node in ast.walk(one) if isinstance(node, ast.Name)}
    return not (_calls(one) and names & {"student", "rng", "reference"})
