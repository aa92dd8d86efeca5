"""Mistakes in expressions: each operator gives the wrong forms of one node.

    a @ b  ->  b @ a        x.sum(axis=0)  ->  x.sum(axis=1)        np.sqrt(v)  ->  v

An operator is a function from a place to the expressions that could stand there instead.
The same operators serve for Python and for the lines of a derivation.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeGuard, TypeVar

_T = TypeVar("_T")

# The step of a difference, a tolerance, an epsilon: twice as much is the same idea.
_EPSILON = 1e-3

OTHER_OPERATOR: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
_ORDER_MATTERS = (ast.Sub, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv, ast.Mod)
_OTHER_COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}

_AXES = ("axis", "dim")
_KEEPS = ("keepdims", "keepdim")
_PAIRS = (
    ("mean", "sum"), ("max", "min"), ("amax", "amin"), ("maximum", "minimum"),
    ("argmax", "argmin"), ("zeros", "ones"), ("zeros_like", "ones_like"), ("sin", "cos"),
    ("sinh", "cosh"), ("floor", "ceil"), ("any", "all"), ("hstack", "vstack"),
    ("randn", "rand"), ("append", "extend"), ("inner", "outer"),
)  # fmt: skip
_OTHER_NAME = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}
_TRANSPOSING = frozenset({"transpose", "swapaxes", "permute", "moveaxis", "t", "matrix_transpose"})
# What these give is of another kind altogether than what they are given: nobody drops them.
_OF_ANOTHER_KIND = """
    len range enumerate zip print type super isinstance float int bool str list tuple dict set
    open getattr iter next map filter array tensor zeros ones empty eye arange linspace item
    append extend insert items keys values get update manual_seed default_rng
"""
_NOT_DROPPED = _TRANSPOSING | frozenset(_OF_ANOTHER_KIND.split())


@dataclass(frozen=True)
class Place:
    """A node, the nodes around it from the outside in, and the names that are modules."""

    node: ast.expr
    around: tuple[ast.AST, ...]
    modules: frozenset[str]

    @property
    def parent(self) -> ast.AST:
        """The node that this one is a part of."""
        return self.around[-1]


def arithmetic(place: Place) -> Iterator[ast.expr]:
    """Another operator between the same operands."""
    match place.node:
        case ast.BinOp(left, op, right) if type(op) in OTHER_OPERATOR:
            yield ast.BinOp(left, OTHER_OPERATOR[type(op)](), right)


def swapped_operands(place: Place) -> Iterator[ast.expr]:
    """The operands in the wrong order, where the order matters."""
    match place.node:
        case ast.BinOp(left, op, right) if isinstance(op, _ORDER_MATTERS):
            yield ast.BinOp(right, op, left)


def dropped_operand(place: Place) -> Iterator[ast.expr]:
    """One operand of two forgotten; of a difference, the sign of the other stays."""
    match place.node:
        case ast.BinOp(left, op, right) if type(op) in OTHER_OPERATOR:
            yield left
            yield ast.UnaryOp(ast.USub(), right) if isinstance(op, ast.Sub) else right
        case ast.BoolOp(op, values):
            for value in values:
                rest = [other for other in values if other is not value]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)


def sign(place: Place) -> Iterator[ast.expr]:
    """A minus or a `not` forgotten."""
    match place.node:
        case ast.UnaryOp(ast.USub() | ast.Not(), operand):
            yield operand


def constant(place: Place) -> Iterator[ast.expr]:
    """Another number: 0, 1, one more or less, twice or half as much, the other sign."""
    parents = place.around[-2:]
    if not isinstance(place.node, ast.Constant) or any(map(_is_axis, parents)):
        return
    value = place.node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
        return
    if not isinstance(value, int | float) or any(isinstance(each, ast.Slice) for each in parents):
        return  # slices and axes have operators of their own
    negative = False
    is_index = isinstance(place.parent, ast.Subscript)
    if isinstance(place.parent, ast.UnaryOp):
        negative = isinstance(place.parent.op, ast.USub)
        is_index = isinstance(parents[0], ast.Subscript)
    if is_index:
        others: list[float] = [value + 1, value - 1]
    elif 0 < abs(value) <= _EPSILON:
        others = [0, 1, -value, 1000 * value]
    else:
        half = value // 2 if isinstance(value, int) and value % 2 == 0 else value / 2
        others = [0, 1, value + 1, value - 1, 2 * value, half, -value]
    for other in dict.fromkeys(others):
        # Behind a minus, the other sign is the minus forgotten.
        if other != value and not (negative and other == -value):
            yield _number(other)


def comparison(place: Place) -> Iterator[ast.expr]:
    """A boundary on the other side, or the opposite question."""
    match place.node:
        case ast.Compare(left, ops, comparators):
            for at, op in enumerate(ops):
                for other in _OTHER_COMPARISON[type(op)]:
                    yield ast.Compare(left, _with(ops, at, other()), comparators)


def boolean(place: Place) -> Iterator[ast.expr]:
    """`and` for `or`, and the other way round."""
    match place.node:
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)


def branch(place: Place) -> Iterator[ast.expr]:
    """A condition that is always, or never, so."""
    node, parent = place.node, place.parent
    if isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(parent, ast.If) and node is parent.test:
        yield ast.Constant(True)
        yield ast.Constant(False)
    elif isinstance(parent, ast.While) and node is parent.test:
        yield ast.Constant(False)
    elif isinstance(parent, ast.comprehension) and node in parent.ifs:
        yield ast.Constant(False)
        yield ast.Constant(True)


def swapped_targets(place: Place) -> Iterator[ast.expr]:
    """Two neighbouring names that are assigned together in the wrong order."""
    match place.node:
        case ast.Tuple(targets, ast.Store()):
            for swapped in _neighbours_swapped(targets):
                yield ast.Tuple(swapped, ast.Store())


def axis(place: Place) -> Iterator[ast.expr]:
    """The axis before, of the first the one after, or all of them."""
    for call, at in _keywords(place.node, _AXES):
        value = call.keywords[at].value
        now = _literal(value)
        if now is not None:
            for other in {0: [1], -1: [0, -2], -2: [-1]}.get(now, [now - 1]):
                yield _with_keyword(call, at, _number(other))
            yield ast.Call(call.func, call.args, _with(call.keywords, at))
        elif isinstance(value, ast.Constant):
            yield _with_keyword(call, at, ast.Constant(0))


def keepdims(place: Place) -> Iterator[ast.expr]:
    """The axis that was summed over is gone, or kept."""
    for call, at in _keywords(place.node, _KEEPS):
        value = call.keywords[at].value
        if isinstance(value, ast.Constant):
            yield _with_keyword(call, at, ast.Constant(not value.value))


def transpose(place: Place) -> Iterator[ast.expr]:
    """A transpose forgotten."""
    match place.node:
        case ast.Attribute(value, "T" | "mT" | "H"):
            yield value
        case ast.Call() as call if _name(call) in _TRANSPOSING:
            yield from _argument(call, place.modules)


def off_by_one(place: Place) -> Iterator[ast.expr]:
    """A slice or a range that begins or ends one too early or too late."""
    match place.node:
        case ast.Subscript(value, ast.Slice(lower, upper, step), context):
            slices = [ast.Slice(other, upper, step) for other in _shifted(lower, missing=1)]
            slices += [ast.Slice(lower, other, step) for other in _shifted(upper, missing=-1)]
            if step is not None:
                slices.append(ast.Slice(lower, upper, None))
            for part in slices:
                yield ast.Subscript(value, part, context)
        case ast.Call(_, [_, *others]) as call if _name(call) in ("range", "arange"):
            if not others:
                yield _with_arguments(call, [ast.Constant(1), *call.args])
            for at in range(min(len(call.args), 2)):
                for bound in _shifted(call.args[at]):
                    yield _with_arguments(call, _with(call.args, at, bound or ast.Constant(0)))


def swapped_arguments(place: Place) -> Iterator[ast.expr]:
    """Two neighbouring arguments of a call in the wrong order."""
    node = place.node
    if isinstance(node, ast.Call) and not any(isinstance(a, ast.Starred) for a in node.args):
        for swapped in _neighbours_swapped(node.args):
            yield _with_arguments(node, swapped)


def dropped_call(place: Place) -> Iterator[ast.expr]:
    """A function forgotten: what it was given, as it is."""
    node = place.node
    if not isinstance(node, ast.Call) or isinstance(place.parent, ast.Expr):
        return  # as a statement nothing of it would be left
    if _name(node) not in _NOT_DROPPED:
        yield from _argument(node, place.modules)


def other_call(place: Place) -> Iterator[ast.expr]:
    """The neighbour of a function: sum for mean, minimum for maximum, ones for zeros."""
    match place.node:
        case ast.Call(ast.Name(name), arguments, keywords) if name in _OTHER_NAME:
            # In Python's own words there is no mean; in a derivation there is.
            yield ast.Call(ast.Name(_OTHER_NAME[name], ast.Load()), arguments, keywords)
        case ast.Call(ast.Attribute(value, name), arguments, keywords) if name in _OTHER_NAME:
            other = ast.Attribute(value, _OTHER_NAME[name], ast.Load())
            yield ast.Call(other, arguments, keywords)


def moved(place: Place) -> Iterator[ast.expr]:
    """A term beside a function moved inside it, or out: `sqrt(v) + eps`, `sqrt(v + eps)`."""
    match place.node:
        case ast.BinOp(left, op, right):
            if _has_one_argument(left):
                yield _with_arguments(left, [ast.BinOp(left.args[0], op, right)])
            if _has_one_argument(right):
                yield _with_arguments(right, [ast.BinOp(left, op, right.args[0])])
        case ast.Call(_, [ast.BinOp(left, op, right)]) as call if _has_one_argument(call):
            yield ast.BinOp(_with_arguments(call, [left]), op, right)


Operator = Callable[[Place], Iterator[ast.expr]]
_EVERY: tuple[Operator, ...] = (
    arithmetic, swapped_operands, dropped_operand, sign, constant, comparison, boolean, branch,
    swapped_targets, axis, keepdims, transpose, off_by_one, swapped_arguments, dropped_call,
    other_call, moved,
)  # fmt: skip
OPERATORS = {operator.__name__.replace("_", " "): operator for operator in _EVERY}


def _number(value: float) -> ast.expr:
    """Return the expression that is written so."""
    if value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def _literal(node: ast.expr) -> int | None:
    """Return the whole number that is written there, or None."""
    match node:
        case ast.UnaryOp(ast.USub(), operand):
            inner = _literal(operand)
            return None if inner is None else -inner
        case ast.Constant(value) if type(value) is int:
            return value
    return None


def _shifted(bound: ast.expr | None, missing: int | None = None) -> Iterator[ast.expr | None]:
    """Yield a bound one more and one less; None for no bound, which is what 0 and the end mean."""
    if bound is None:
        if missing is not None:
            yield _number(missing)
        return
    value = _literal(bound)
    if value is None:
        for operator in (ast.Add(), ast.Sub()):
            yield ast.BinOp(bound, operator, ast.Constant(1))
        return
    for other in (value + 1, value - 1):
        # From -1 the next is the end itself, from 1 the beginning: both need no number.
        yield None if other == 0 else _number(other)


def _name(call: ast.Call) -> str:
    """Return the name of what is called, without what it is taken from."""
    match call.func:
        case ast.Attribute(_, name) | ast.Name(name):
            return name
    return ""


def _argument(call: ast.Call, modules: frozenset[str]) -> Iterator[ast.expr]:
    """Yield a function's first argument, or what a method is called on."""
    if isinstance(call.func, ast.Attribute) and _root(call.func) not in modules:
        yield call.func.value
    elif call.args and not isinstance(call.args[0], ast.Starred):
        yield call.args[0]


def _root(node: ast.expr) -> str:
    """Return the name at the beginning of `a.b.c`; nothing where there is none."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _has_one_argument(node: ast.expr) -> TypeGuard[ast.Call]:
    match node:
        case ast.Call(_, [argument], []):
            return not isinstance(argument, ast.Starred) and _name(node) not in _NOT_DROPPED
    return False


def _keywords(node: ast.expr, names: tuple[str, ...]) -> Iterator[tuple[ast.Call, int]]:
    if isinstance(node, ast.Call):
        for at, keyword in enumerate(node.keywords):
            if keyword.arg in names:
                yield node, at


def _is_axis(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg in _AXES + _KEEPS


def _with_keyword(call: ast.Call, at: int, value: ast.expr) -> ast.Call:
    keyword = ast.keyword(call.keywords[at].arg, value)
    return ast.Call(call.func, call.args, _with(call.keywords, at, keyword))


def _with_arguments(call: ast.Call, arguments: list[ast.expr]) -> ast.Call:
    return ast.Call(call.func, arguments, call.keywords)


def _with(items: list[_T], at: int, *others: _T) -> list[_T]:
    """Return the items with others, or nothing, in the place of one."""
    return [*items[:at], *others, *items[at + 1 :]]


def _neighbours_swapped(items: list[_T]) -> Iterator[list[_T]]:
    """Yield the items with each two neighbours in the other order."""
    for at in range(len(items) - 1):
        yield [*items[:at], items[at + 1], items[at], *items[at + 2 :]]
