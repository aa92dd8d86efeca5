"""Mistakes between statements: each operator gives the changes of one statement.

w -= step  ->  w = w - step        if a: ...  ->  if True: ...        a loop left too early
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from autograder.proof.mutants.edits import Edit, Source
from autograder.proof.mutants.expressions import OTHER_OPERATOR

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
_ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript)
_COUNTING = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult)


def dropped_statement(
    source: Source, block: Block, at: int, parameters: frozenset[str]
) -> Iterator[Edit]:
    """A statement forgotten."""
    statement = block[at]
    if isinstance(statement, _KEPT) or _is_docstring(statement):
        return
    start, end = source.lines_of(statement)
    # Two statements in one line are left alone.
    if source.text[start:end].strip() == source.segment(statement).strip():
        alone = all(_is_docstring(other) for other in block if other is not statement)
        nothing = f"{_indent(source, statement)}pass\n" if alone else ""
        yield Edit("dropped statement", start, end, nothing)


def accumulation(
    source: Source, block: Block, at: int, parameters: frozenset[str]
) -> Iterator[Edit]:
    """A sum that only keeps its last term, or that counts down."""
    match block[at]:
        case ast.AugAssign(into, op, term) as statement if isinstance(op, _COUNTING):
            target, value = source.segment(into), source.segment(term)
            span = source.span(statement)
            yield Edit("accumulation", *span, f"{target} = {value}")
            other = _SIGNS[OTHER_OPERATOR[type(op)]]
            yield Edit("accumulation", *span, f"{target} {other}= {value}")


def in_place(source: Source, block: Block, at: int, parameters: frozenset[str]) -> Iterator[Edit]:
    """A value changed where it lies in place of a new one, and the other way round."""
    match block[at]:
        case ast.AugAssign(into, op, by) as statement if type(op) in _SIGNS:
            target, step = source.segment(into), source.segment(by)
            bracketed = step if isinstance(by, _ATOMS) else f"({step})"
            changed = f"{target} = {target} {_SIGNS[type(op)]} {bracketed}"
            yield Edit("in place", *source.span(statement), changed)
        case ast.Assign([into], ast.BinOp(old, op, by)) as statement if type(op) in _SIGNS:
            target, left = source.segment(into), source.segment(old)
            change = f"{left} {_SIGNS[type(op)]}= {source.segment(by)}"
            if not isinstance(old, ast.Name | ast.Attribute | ast.Subscript):
                return
            if target == left:
                yield Edit("in place", *source.span(statement), change)
            elif left in parameters or not isinstance(old, ast.Name):
                # What was handed over is changed, too.
                lines = f"{change}\n{_indent(source, statement)}{target} = {left}"
                yield Edit("in place", *source.span(statement), lines)


def loop(source: Source, block: Block, at: int, parameters: frozenset[str]) -> Iterator[Edit]:
    """A loop that ends after its first turn, or in which the function already returns."""
    statement = block[at]
    if not isinstance(statement, ast.For | ast.While) or isinstance(statement.body[-1], _ENDS):
        return
    if statement.body[0].lineno == statement.lineno:
        return  # all of it in one line
    _, end = source.lines_of(statement.body[-1])
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
    match statement:
        case ast.Expr(ast.Constant(str())):
            return True
    return False
