"""Mistakes between statements: each operator gives the changes of one statement.

w -= step  ->  w = w - step        if a: ...  ->  if True: ...        a loop left too early
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from autograder.proof.mutants.edits import Edit, Source
from autograder.proof.mutants.values import OTHER_OPERATOR

Block = list[ast.stmt]
Operator = Callable[[Source, Block, int, frozenset[str]], Iterator[Edit]]

_KEPT = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)
_ENDS = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
_COUNTING = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult)


def dropped_statement(
    source: Source, block: Block, at: int, parameters: frozenset[str]
) -> Iterator[Edit]:
    """A statement forgotten."""
    statement = block[at]
    if isinstance(statement, _KEPT) or _is_docstring(statement):
        return
    start, end = source.line_span(statement.lineno, statement.end_lineno or statement.lineno)
    # Two statements in one line are left alone.
    if source.text[start:end].strip() == source.segment(statement).strip():
        alone = all(_is_docstring(other) for other in block if other is not statement)
        nothing = f"{_indent(source, statement)}pass\n" if alone else ""
        yield Edit("dropped statement", start, end, nothing)


def accumulation(
    source: Source, block: Block, at: int, parameters: frozenset[str]
) -> Iterator[Edit]:
    """A sum that only keeps its last term, or that counts down."""
    statement = block[at]
    if isinstance(statement, ast.AugAssign) and isinstance(statement.op, _COUNTING):
        target, value = source.segment(statement.target), source.segment(statement.value)
        start, end = source.span(statement)
        yield Edit("accumulation", start, end, f"{target} = {value}")
        other = _SIGNS[OTHER_OPERATOR[type(statement.op)]]
        yield Edit("accumulation", start, end, f"{target} {other}= {value}")


def in_place(source: Source, block: Block, at: int, parameters: frozenset[str]) -> Iterator[Edit]:
    """A value changed where it lies in place of a new one, and the other way round."""
    statement = block[at]
    if isinstance(statement, ast.AugAssign):
        target, step = source.segment(statement.target), source.segment(statement.value)
        sign = _SIGNS.get(type(statement.op))
        if sign is not None:
            bracketed = step if _is_atom(statement.value) else f"({step})"
            start, end = source.span(statement)
            yield Edit("in place", start, end, f"{target} = {target} {sign} {bracketed}")
        return
    if not isinstance(statement, ast.Assign) or len(statement.targets) > 1:
        return
    value = statement.value
    if not isinstance(value, ast.BinOp) or type(value.op) not in _SIGNS:
        return
    if not isinstance(value.left, ast.Name | ast.Attribute | ast.Subscript):
        return
    left = source.segment(value.left)
    change = f"{left} {_SIGNS[type(value.op)]}= {source.segment(value.right)}"
    target = source.segment(statement.targets[0])
    start, end = source.span(statement)
    if target == left:
        yield Edit("in place", start, end, change)
    elif left in parameters or not isinstance(value.left, ast.Name):
        # What was handed over is changed, too.
        lines = f"{change}\n{_indent(source, statement)}{target} = {left}"
        yield Edit("in place", start, end, lines)


def loop(source: Source, block: Block, at: int, parameters: frozenset[str]) -> Iterator[Edit]:
    """A loop that ends after its first turn, or in which the function already returns."""
    statement = block[at]
    if not isinstance(statement, ast.For | ast.While) or isinstance(statement.body[-1], _ENDS):
        return
    last = statement.body[-1]
    if statement.body[0].lineno == statement.lineno:
        return  # all of it in one line
    _, end = source.line_span(last.lineno, last.end_lineno or last.lineno)
    newline = "" if source.text[:end].endswith("\n") else "\n"
    indent = _indent(source, statement.body[0])
    yield Edit("loop", end, end, f"{newline}{indent}break\n")
    for after in block[at + 1 :]:
        if isinstance(after, ast.Return):
            yield Edit("return in the loop", end, end, f"{newline}{indent}{ast.unparse(after)}\n")


OPERATORS: tuple[Operator, ...] = (dropped_statement, accumulation, in_place, loop)


def _indent(source: Source, statement: ast.stmt) -> str:
    line = source.lines[statement.lineno - 1]
    return line[: len(line) - len(line.lstrip())]


def _is_docstring(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _is_atom(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Constant | ast.Call | ast.Attribute | ast.Subscript)
