"""Wrong operators, numbers and conditions: each operator gives the wrong forms of one node.

    a @ b  ->  b @ a        2 * x  ->  x        a < b  ->  a <= b        x if c else y  ->  y

An operator is a function from a place to the expressions that could stand there instead.
The same operators serve for Python and for the lines of a derivation.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.proof.mutants.place import AXES, KEEPS, Operator, Place, number

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


def arithmetic(place: Place) -> Iterator[ast.expr]:
    """Another operator between the same operands."""
    node = place.node
    if isinstance(node, ast.BinOp) and type(node.op) in OTHER_OPERATOR:
        yield ast.BinOp(node.left, OTHER_OPERATOR[type(node.op)](), node.right)


def swapped_operands(place: Place) -> Iterator[ast.expr]:
    """The operands in the wrong order, where the order matters."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, _ORDER_MATTERS):
        yield ast.BinOp(node.right, node.op, node.left)


def dropped_operand(place: Place) -> Iterator[ast.expr]:
    """One operand of two forgotten; of a difference, the sign of the other stays."""
    node = place.node
    if isinstance(node, ast.BinOp) and type(node.op) in OTHER_OPERATOR:
        yield node.left
        yield ast.UnaryOp(ast.USub(), node.right) if isinstance(node.op, ast.Sub) else node.right
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            rest = [other for other in node.values if other is not value]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def sign(place: Place) -> Iterator[ast.expr]:
    """A minus or a `not` forgotten."""
    node = place.node
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield node.operand


def constant(place: Place) -> Iterator[ast.expr]:
    """Another number: 0, 1, one more or less, twice or half as much, the other sign."""
    node = place.node
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool) and not _is_axis(place):
        yield ast.Constant(not value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    if any(isinstance(each, ast.Slice) for each in place.around[-2:]) or _is_axis(place):
        return  # these have operators of their own
    if isinstance(place.parent, ast.Subscript) or _is_index(place):
        others: list[float] = [value + 1, value - 1]
    elif 0 < abs(value) <= _EPSILON:
        others = [0, 1, -value, 1000 * value]
    else:
        half = value // 2 if isinstance(value, int) and value % 2 == 0 else value / 2
        others = [0, 1, value + 1, value - 1, 2 * value, half, -value]
    negative = isinstance(place.parent, ast.UnaryOp) and isinstance(place.parent.op, ast.USub)
    for other in dict.fromkeys(others):
        # Behind a minus, the other sign is the minus forgotten.
        if other != value and not (negative and other == -value):
            yield number(other)


def comparison(place: Place) -> Iterator[ast.expr]:
    """A boundary on the other side, or the opposite question."""
    node = place.node
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            for other in _OTHER_COMPARISON[type(operator)]:
                operators = [*node.ops[:at], other(), *node.ops[at + 1 :]]
                yield ast.Compare(node.left, operators, node.comparators)


def boolean(place: Place) -> Iterator[ast.expr]:
    """`and` for `or`, and the other way round."""
    node = place.node
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def branch(place: Place) -> Iterator[ast.expr]:
    """A condition that is always, or never, so."""
    node, parent = place.node, place.parent
    if isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(parent, ast.If) and node is parent.test:
        yield ast.Constant(True)
        yield ast.Constant(False)
    elif (isinstance(parent, ast.While) and node is parent.test) or (
        isinstance(parent, ast.comprehension) and node in parent.ifs
    ):
        yield ast.Constant(False)
        if isinstance(parent, ast.comprehension):
            yield ast.Constant(True)


def swapped_targets(place: Place) -> Iterator[ast.expr]:
    """Two neighbouring names that are assigned together in the wrong order."""
    node = place.node
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store):
        for at in range(len(node.elts) - 1):
            first, second = node.elts[at : at + 2]
            rest = [*node.elts[:at], second, first, *node.elts[at + 2 :]]
            yield ast.Tuple(rest, ast.Store())


OPERATORS: dict[str, Operator] = {
    "arithmetic": arithmetic,
    "swapped operands": swapped_operands,
    "dropped operand": dropped_operand,
    "sign": sign,
    "constant": constant,
    "comparison": comparison,
    "boolean": boolean,
    "branch": branch,
    "swapped targets": swapped_targets,
}


def _is_index(place: Place) -> bool:
    """Return whether the node is the number behind the minus of an index."""
    return len(place.around) > 1 and (
        isinstance(place.around[-1], ast.UnaryOp) and isinstance(place.around[-2], ast.Subscript)
    )


def _is_axis(place: Place) -> bool:
    """Return whether the node is the value of `axis` or `keepdims`, or behind its minus."""
    return any(
        isinstance(each, ast.keyword) and each.arg in AXES | KEEPS for each in place.around[-2:]
    )
