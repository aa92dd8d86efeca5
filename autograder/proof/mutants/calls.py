"""Wrong calls, axes and slices: each operator gives the wrong forms of one node.

x.sum(axis=0)  ->  x.sum(axis=1)        np.sqrt(v)  ->  v        x[1:]  ->  x[2:]
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.proof.mutants.place import AXES, KEEPS, Operator, Place, literal, number

_PAIRS = (
    ("mean", "sum"), ("max", "min"), ("amax", "amin"), ("maximum", "minimum"),
    ("argmax", "argmin"), ("zeros", "ones"), ("zeros_like", "ones_like"), ("sin", "cos"),
    ("sinh", "cosh"), ("floor", "ceil"), ("any", "all"), ("hstack", "vstack"),
    ("randn", "rand"), ("append", "extend"), ("inner", "outer"),
)  # fmt: skip
_OTHER_NAME = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}
_TRANSPOSES = frozenset({"T", "mT", "H"})
_TRANSPOSING = frozenset({"transpose", "swapaxes", "permute", "moveaxis", "t", "matrix_transpose"})
# What these give is of another kind altogether than what they are given: nobody drops them.
_OF_ANOTHER_KIND = """
    len range enumerate zip print type super isinstance float int bool str list tuple dict set
    open getattr iter next map filter array tensor zeros ones empty eye arange linspace item
    append extend insert items keys values get update manual_seed default_rng
"""
_NOT_DROPPED = _TRANSPOSING | frozenset(_OF_ANOTHER_KIND.split())


def axis(place: Place) -> Iterator[ast.expr]:
    """The axis before, of the first the one after, or all of them."""
    node = place.node
    for at, keyword in _keywords(node, AXES):
        assert isinstance(node, ast.Call)
        now = literal(keyword.value)
        if now is not None:
            others = {0: [1], -1: [0, -2], -2: [-1]}.get(now, [now - 1])
            for other in others:
                yield _with_keyword(node, at, number(other))
            yield _with_keyword(node, at, None)
        elif isinstance(keyword.value, ast.Constant):
            yield _with_keyword(node, at, ast.Constant(0))


def keepdims(place: Place) -> Iterator[ast.expr]:
    """The axis that was summed over is gone, or kept."""
    node = place.node
    for at, keyword in _keywords(node, KEEPS):
        assert isinstance(node, ast.Call)
        if isinstance(keyword.value, ast.Constant):
            yield _with_keyword(node, at, ast.Constant(not keyword.value.value))


def transpose(place: Place) -> Iterator[ast.expr]:
    """A transpose forgotten."""
    node = place.node
    if isinstance(node, ast.Attribute) and node.attr in _TRANSPOSES:
        yield node.value
    elif isinstance(node, ast.Call) and _name(node) in _TRANSPOSING:
        yield from _argument(node, place.modules)


def off_by_one(place: Place) -> Iterator[ast.expr]:
    """A slice or a range that begins or ends one too early or too late."""
    node = place.node
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        part = node.slice
        for lower in _shifted(part.lower, missing=1):
            yield _subscript(node, ast.Slice(lower, part.upper, part.step))
        for upper in _shifted(part.upper, missing=-1):
            yield _subscript(node, ast.Slice(part.lower, upper, part.step))
        if part.step is not None:
            yield _subscript(node, ast.Slice(part.lower, part.upper, None))
    elif isinstance(node, ast.Call) and _name(node) in ("range", "arange") and node.args:
        if len(node.args) == 1:
            yield _with_arguments(node, [ast.Constant(1), *node.args])
        for at in range(min(len(node.args), 2)):
            for other in _shifted(node.args[at]):
                bound = other or ast.Constant(0)
                yield _with_arguments(node, [*node.args[:at], bound, *node.args[at + 1 :]])


def swapped_arguments(place: Place) -> Iterator[ast.expr]:
    """Two neighbouring arguments of a call in the wrong order."""
    node = place.node
    if isinstance(node, ast.Call) and not any(isinstance(a, ast.Starred) for a in node.args):
        for at in range(len(node.args) - 1):
            first, second = node.args[at : at + 2]
            yield _with_arguments(node, [*node.args[:at], second, first, *node.args[at + 2 :]])


def dropped_call(place: Place) -> Iterator[ast.expr]:
    """A function forgotten: what it was given, as it is."""
    node = place.node
    if not isinstance(node, ast.Call) or isinstance(place.parent, ast.Expr):
        return  # as a statement nothing of it would be left
    if _name(node) not in _NOT_DROPPED:
        yield from _argument(node, place.modules)


def other_call(place: Place) -> Iterator[ast.expr]:
    """The neighbour of a function: sum for mean, minimum for maximum, ones for zeros."""
    node = place.node
    if not isinstance(node, ast.Call) or _name(node) not in _OTHER_NAME:
        return
    name = _OTHER_NAME[_name(node)]
    if isinstance(node.func, ast.Name):
        # In Python's own words there is no mean; in a derivation there is.
        yield _calling(node, ast.Name(name, ast.Load()))
    elif isinstance(node.func, ast.Attribute):
        yield _calling(node, ast.Attribute(node.func.value, name, ast.Load()))


def moved(place: Place) -> Iterator[ast.expr]:
    """A term beside a function moved inside it, or out: `sqrt(v) + eps`, `sqrt(v + eps)`."""
    node = place.node
    if isinstance(node, ast.BinOp):
        if (inside := _only_argument(node.left)) is not None:
            assert isinstance(node.left, ast.Call)
            yield _with_arguments(node.left, [ast.BinOp(inside, node.op, node.right)])
        if (inside := _only_argument(node.right)) is not None:
            assert isinstance(node.right, ast.Call)
            yield _with_arguments(node.right, [ast.BinOp(node.left, node.op, inside)])
    elif isinstance(inside := _only_argument(node), ast.BinOp):
        assert isinstance(node, ast.Call)
        yield ast.BinOp(_with_arguments(node, [inside.left]), inside.op, inside.right)


OPERATORS: dict[str, Operator] = {
    "axis": axis,
    "keepdims": keepdims,
    "transpose": transpose,
    "off by one": off_by_one,
    "swapped arguments": swapped_arguments,
    "dropped call": dropped_call,
    "other call": other_call,
    "moved": moved,
}


def _shifted(bound: ast.expr | None, missing: int | None = None) -> Iterator[ast.expr | None]:
    """A bound one more and one less; None for no bound, which is what 0 and the end mean."""
    if bound is None:
        if missing is not None:
            yield number(missing)
        return
    value = literal(bound)
    if value is None:
        for operator in (ast.Add(), ast.Sub()):
            yield ast.BinOp(bound, operator, ast.Constant(1))
        return
    for other in (value + 1, value - 1):
        # From -1 the next is the end itself, from 1 the beginning: both need no number.
        yield None if other == 0 else number(other)


def _name(call: ast.Call) -> str:
    """Return the name of what is called, without what it is taken from."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _argument(call: ast.Call, modules: frozenset[str]) -> Iterator[ast.expr]:
    """Yield a function's first argument, or what a method is called on."""
    if isinstance(call.func, ast.Attribute) and _root(call.func) not in modules:
        yield call.func.value
    elif call.args and not isinstance(call.args[0], ast.Starred):
        yield call.args[0]


def _only_argument(node: ast.AST) -> ast.expr | None:
    """Return the argument of a function that has only one."""
    if not isinstance(node, ast.Call) or _name(node) in _NOT_DROPPED:
        return None
    alone = len(node.args) == 1 and not node.keywords and not isinstance(node.args[0], ast.Starred)
    return node.args[0] if alone else None


def _root(node: ast.expr) -> str:
    """Return the name at the beginning of `a.b.c`; nothing where there is none."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _keywords(node: ast.AST, names: frozenset[str]) -> Iterator[tuple[int, ast.keyword]]:
    if isinstance(node, ast.Call):
        for at, keyword in enumerate(node.keywords):
            if keyword.arg in names:
                yield at, keyword


def _with_keyword(call: ast.Call, at: int, value: ast.expr | None) -> ast.Call:
    changed = [] if value is None else [ast.keyword(call.keywords[at].arg, value)]
    keywords = [*call.keywords[:at], *changed, *call.keywords[at + 1 :]]
    return ast.Call(call.func, call.args, keywords)


def _with_arguments(call: ast.Call, arguments: list[ast.expr]) -> ast.Call:
    return ast.Call(call.func, arguments, call.keywords)


def _calling(call: ast.Call, function: ast.expr) -> ast.Call:
    return ast.Call(function, call.args, call.keywords)


def _subscript(node: ast.Subscript, part: ast.Slice) -> ast.Subscript:
    return ast.Subscript(node.value, part, node.ctx)
