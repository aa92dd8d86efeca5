"""Places for operators: a node with what is around it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

AXES = frozenset({"axis", "dim"})
KEEPS = frozenset({"keepdims", "keepdim"})


@dataclass(frozen=True)
class Place:
    """A node, the nodes around it from the outside in, and the names that are modules."""

    node: ast.AST
    around: tuple[ast.AST, ...] = ()
    modules: frozenset[str] = field(default=frozenset())

    @property
    def parent(self) -> ast.AST | None:
        """The node that this one is a part of."""
        return self.around[-1] if self.around else None


Operator = Callable[[Place], Iterator[ast.expr]]


def number(value: float) -> ast.expr:
    """Return the expression that is written so."""
    if value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def literal(node: ast.expr) -> int | None:
    """Return the whole number that is written there, or None."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = literal(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    return None
