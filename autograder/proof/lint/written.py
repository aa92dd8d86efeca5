"""Rules of how a check is written: exceptions, tolerances, draws, seeds, comparisons, batteries."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.proof.lint.findings import Hits, finds, name_of
from autograder.proof.lint.trials import Trials

_WIDE = {"Exception", "BaseException", "AutograderError", "SessionError", "StudentError"}
# How many arguments these take before their tolerances.
_POSITIONAL = {"assert_allclose": 2, "allclose": 2, "isclose": 2, "approx": 1}
_TRUE_OR_FALSE = {"allclose", "isclose", "array_equal"}
_CLOSE = {"close", "allclose", "isclose", "assert_allclose", "assert_close", "approx", "check"}
_EQUALITIES = _CLOSE - {"check"} | {"equal", "array_equal", "assert_equal", "assert_array_equal"}
_WIDEST = {"rtol": 0.1, "atol": 0.1, "rel": 0.1, "abs": 0.1, "tol": 0.01}
_SEEDS = {"seed", "default_rng", "RandomState", "manual_seed", "Random"}


@finds(
    bare_except="Name the one exception that is right and let others through, or fail here",
    positional_tolerance="Write rtol=... and atol=... by name, and spread nothing into them",
    wide_tolerance="Ask for what a right solution reaches, some 1e-6 in float64",
    constant_draw="Widen the range: the upper end of integers and randint is not drawn",
    one_seed="Take the fixture `rng`, and several seeds where training or sampling is judged",
    cannot_fail="Assert a comparison of the student's answer with what it should be",
)
def written(trials: Trials) -> Hits:
    """Yield what a line says that makes a check weak, whatever it runs on."""
    for source in trials.sources:
        found = [hit for node in ast.walk(source.tree) for hit in _wrong_in(node)]
        for rule, line, what in [*found, *_fixed_seeds(source.tree)]:
            yield rule, (str(source.path), line), "", what


@finds(
    no_battery="Declare the function by `Function` and ask `battery`, or write here what speaks "
    "against it",
)
def no_battery(trials: Trials) -> Hits:
    """No check of a task asks a function of it a battery of calls."""
    for task, checks in trials.tasks.items():
        asked = [check for check in checks if any(event.kind == "call" for event in check.events)]
        if asked and not any(check.together for check in checks):
            hidden = [check for check in asked if check.info.visibility == "hidden"]
            first = min(check.place for check in hidden or asked)
            yield "no-battery", first, task, "none of its functions is asked a battery of calls"


def _wrong_in(node: ast.AST) -> Iterator[tuple[str, int, str]]:
    match node:
        # NotImplementedError then passes a test for "this raises on a cycle", and where the
        # handler only prints, the student's own traceback is hidden.
        case ast.ExceptHandler(type=kind) if _is_wide(kind) and not _judges(node):
            yield "bare-except", node.lineno, "this takes every exception and goes on"
        case ast.withitem(ast.Call(func, [kind, *_], []) as call, None) if _is_wide(kind):
            if name_of(func) in ("raises", "suppress"):
                what = f"`{name_of(func)}` takes every exception for the right one"
                yield "bare-except", call.lineno, what
        case ast.Call(func, args):
            yield from _wrong_call(node, name_of(func), args)
        case ast.Assert(test) if _always_holds(test):
            yield "cannot-fail", node.lineno, "this assertion always holds"
        case ast.Expr(value) if isinstance(value, ast.Compare) or (
            isinstance(value, ast.Call) and name_of(value.func) in _TRUE_OR_FALSE
        ):
            yield "cannot-fail", node.lineno, "this comparison is thrown away: `assert` is missing"
        case ast.Compare(one, [ast.Eq()], [other]) if _same(one, other):
            yield "cannot-fail", node.lineno, "this compares a value with itself"


def _wrong_call(call: ast.Call, name: str, args: list[ast.expr]) -> Iterator[tuple[str, int, str]]:
    if name in _EQUALITIES and len(args) > 1 and _same(args[0], args[1]):
        yield "cannot-fail", call.lineno, "this compares a value with itself"
    if name in _POSITIONAL and any(isinstance(arg, ast.Starred) for arg in args):
        yield "positional-tolerance", call.lineno, f"values are spread into `{name}`"
    elif len(args) > _POSITIONAL.get(name, len(args)):
        yield "positional-tolerance", call.lineno, f"a tolerance by position of `{name}`"
    for keyword in call.keywords if name in _CLOSE else []:
        number = _number(keyword.value)
        if number is not None and number >= _WIDEST.get(keyword.arg or "", number + 1):
            what = f"{keyword.arg}={number!r} accepts almost everything"
            yield "wide-tolerance", keyword.value.lineno, what
    if name in ("integers", "randint", "uniform") and isinstance(call.func, ast.Attribute):
        ends = [0.0] if len(args) == 1 and name != "uniform" else []
        ends += [end for each in args[:2] if (end := _number(each)) is not None]
        named = {keyword.arg for keyword in call.keywords} & {"endpoint", "high", "low"}
        # Python's own randint draws its upper end, too.
        own = name_of(call.func.value) == "random"
        if len(ends) == 2 and ends[1] - ends[0] == (name != "uniform") and not named and not own:
            yield "constant-draw", call.lineno, f"`{name}` draws nothing but {ends[0]:g} here"


def _fixed_seeds(tree: ast.Module) -> Iterator[tuple[str, int, str]]:
    """A seed that is the only one in its function, or outside of all."""
    for statement in tree.body:
        seeds = [
            call
            for call in ast.walk(statement)
            if isinstance(call, ast.Call) and name_of(call.func) in _SEEDS and call.args
            if isinstance(_number(call.args[0]), int) and "student" not in ast.dump(call.func)
        ]
        if len({ast.dump(call.args[0]) for call in seeds}) == 1:
            yield "one-seed", seeds[0].lineno, f"`{ast.unparse(seeds[0])}` is one fixed seed"


def _number(node: ast.expr) -> float | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, int | float) else None


def _is_wide(kind: ast.expr | None) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(each is None or name_of(each) in _WIDE for each in kinds)


def _judges(handler: ast.ExceptHandler) -> bool:
    """Return whether the handler fails, raises, or does more with the exception than print it."""
    calls = [node for node in ast.walk(handler) if isinstance(node, ast.Call)]
    prints = [call for call in calls if name_of(call.func) in ("print", "str", "repr")]
    printed = {id(part) for call in prints for part in ast.walk(call)}
    return any(name_of(call.func) == "fail" for call in calls) or any(
        isinstance(node, ast.Raise | ast.Assert)
        or (isinstance(node, ast.Name) and node.id == handler.name and id(node) not in printed)
        for node in ast.walk(handler)
    )


def _always_holds(test: ast.expr) -> bool:
    """Return whether a condition always holds: `assert (x, "message")` is a tuple and true."""
    if isinstance(test, ast.BoolOp):
        return isinstance(test.op, ast.Or) and any(map(_always_holds, test.values))
    if isinstance(test, ast.Constant | ast.Tuple):
        return bool(test.value if isinstance(test, ast.Constant) else test.elts)
    return isinstance(test, ast.GeneratorExp | ast.Lambda)


def _same(one: ast.expr, other: ast.expr) -> bool:
    nodes = list(ast.walk(one))
    if isinstance(one, ast.Constant) or ast.dump(one) != ast.dump(other):
        return False
    # Two calls of the student's function, or two draws, may well differ.
    drawn = {name_of(node) for node in nodes} & {"student", "rng", "reference"}
    return not drawn or not any(isinstance(node, ast.Call) for node in nodes)
