"""The little language that derivations are answered in.

    outer(delta, h)        W.T @ delta        2*(h2 - y)*h2*(1 - h2)

A text becomes functions of ours that compute it (`parse`), and these a float64 array
(`evaluate`). Student text is never compiled or evaluated by Python: its syntax tree is read
through a list of what is allowed, and anything else is an ExpressionError that says where and
why. Length, number of nodes, depth, the digits of all numbers together and the size of every
intermediate result are bounded.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np

from autograder.checks.author.functions import FUNCTIONS, OPERATORS, Source, binary, call
from autograder.checks.author.values import Array
from autograder.checks.results import clean
from autograder.errors import ExpressionError

MAX_LENGTH = 500
MAX_NODES = 200
MAX_DEPTH = 100
# A table of values at the points of a derivation has more, a formula never a third of them.
MAX_DIGITS = 30

# What people type from a page of mathematics, and what to type instead.
_NOTATION = {
    "^": "`^` is no power here: write ** for a power",
    "·": "write * for a product of numbers, @ for one of matrices, in place of `·`",
    "×": "write * in place of `×`",
    "⊙": "write * for the entrywise product in place of `⊙`",
    "∘": "write * for the entrywise product in place of `∘`",
    "−": "this is a typographic minus sign `−`: write -",
    "–": "this is a dash `–`: write - for minus",
    "÷": "write / in place of `÷`",
    "²": "write **2 for a square",
    "³": "write **3 for a cube",
    "√": "write sqrt(...) for a root",
    "½": "write 0.5 or 1/2 in place of `½`",
    "ᵀ": "write .T for the transpose",
    "⊤": "write .T for the transpose",
    "′": "a prime is no derivative here: write the derivative out, such as h*(1 - h)",
    "’": "a prime is no derivative here: write the derivative out, such as h*(1 - h)",
    "'": "a prime is no derivative here: write the derivative out, such as h*(1 - h)",
    "∂": "`∂` is not known here: write the derivative out",
    "Σ": "write sum(...) for a sum",
    "∑": "write sum(...) for a sum",
    "=": "write only what stands right of the `=`",
    "[": "indices and lists are not known here: write the whole vector or matrix",
    "{": "braces are not known here: write ( )",
    '"': "quotes are not part of an expression",
    "$": "no formula between dollar signs: write it as in Python, such as 1/(1 + exp(-x))",
    "\\": "no LaTeX: write the formula as in Python, such as 1/(1 + exp(-x))",
}

_UNKNOWN = "this is not part of the language: numbers, symbols, + - * / ** @ .T, functions"
_ONE_FORMULA = "only one formula is asked for, without if, and, or, lambda"
_REFUSALS: dict[type[ast.expr], str] = {
    ast.Constant: "only real numbers and symbols are known here",
    ast.Compare: "comparisons are not known here: step(x) is 1 where x > 0",
    ast.Tuple: "a comma outside of a function: decimals have a point, as in 0.5",
    ast.Starred: "`*` stands between two factors",
    **dict.fromkeys((ast.IfExp, ast.BoolOp, ast.Lambda), _ONE_FORMULA),
}


Compute = Callable[[Mapping[str, Array]], Array]


@dataclass(frozen=True)
class Expression:
    """A text that is in the language: what computes it, and the symbols it names."""

    text: str
    compute: Compute
    names: frozenset[str]


def parse(text: object, symbols: Collection[str]) -> Expression:
    """Return the expression that `text` stands for, in terms of `symbols`.

    Raises ExpressionError with a position and a remedy for anything else: no text, other
    syntax, unknown names and functions, or more than the language allows.
    """
    if not isinstance(text, str):
        raise ExpressionError(f'expected a line of text such as "2*x", got {type(text).__name__}')
    line = text.strip()
    if not line:
        raise ExpressionError("the line is empty")
    if len(line) > MAX_LENGTH:
        raise ExpressionError(f"the line has {len(line)} characters, more than {MAX_LENGTH}")
    for index, character in enumerate(line):
        if character in _NOTATION and not _names_an_option(line, index):
            raise _error(line, index, _NOTATION[character])
        if character in "\n\r\f\v\0" or not (character.isprintable() or character == "\t"):
            raise _error(line, index, "an expression is one line of printable characters")
    reader = _Reader(line, {_normal(symbol): symbol for symbol in symbols})
    return Expression(line, reader.read(_syntax(line), 1), frozenset(reader.names))


def evaluate(expression: Expression, values: Mapping[str, Array]) -> Array:
    """Return the expression's value in float64 (NaN and ∞ where the mathematics has none).

    `values` holds an array for every symbol the expression names. Raises ExpressionError
    where shapes do not fit or a result would have more than 10,000 entries.
    """
    known = {_normal(name): value for name, value in values.items()}
    with np.errstate(all="ignore"):
        return expression.compute(known)


def _normal(symbol: str) -> str:
    """Return a symbol as Python spells it (`ℓ` is the letter l to its parser)."""
    return unicodedata.normalize("NFKC", symbol)


def _names_an_option(line: str, index: int) -> bool:
    return line[index] == "=" and re.search(r"[(,]\s*[a-z]+\s*$", line[:index]) is not None


def _syntax(line: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(line, mode="eval").body
    except SyntaxError as error:
        index = max(0, min((error.offset or 1) - 1, len(line) - 1))
        raise _error(line, index, _syntax_hint(line, index, error)) from None
    except (ValueError, MemoryError, RecursionError, OverflowError):
        raise ExpressionError("the line is nested too deeply") from None


def _syntax_hint(line: str, index: int, error: SyntaxError) -> str:
    missing = line.count("(") - line.count(")")
    if missing > 0:
        return "a closing `)` is missing"
    if missing < 0:
        return "there is a `)` too many"
    for at in range(1, len(line)):
        before, here = line[at - 1], line[at]
        if (before.isdigit() or before == ")") and (here.isalpha() or here == "("):
            if before.isdigit() and here in "eEjJxXbBoO_" and at + 1 < len(line):
                continue
            return f"write the product out: {clean(line[:at])}*{clean(line[at:])}"
    if line[-1] in "+-*/@.,":
        return f"something is missing after `{line[-1]}`"
    if " " in line and "invalid syntax" in (error.msg or ""):
        return "an operator such as * or + is missing here, or one is too many"
    return "this is not an expression"


@dataclass
class _Reader:
    """Makes functions of a syntax tree, and refuses what is not in the language."""

    line: str
    symbols: Mapping[str, str]
    names: set[str] = field(default_factory=set)
    nodes: int = 0
    digits: int = 0

    def read(self, node: ast.expr, depth: int) -> Compute:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise ExpressionError(f"the line has more than {MAX_NODES} parts")
        if depth > MAX_DEPTH:
            raise ExpressionError("the line is nested too deeply")
        match node:
            case ast.Constant(value=bool() | None):
                raise self._refuse(node, "only numbers and symbols are known here")
            case ast.Constant(value=int() | float() as value):
                try:
                    number = np.asarray(value, dtype=np.float64)
                except OverflowError:
                    raise self._refuse(node, "this number is too large") from None
                self.digits += sum(len(part.strip("0")) for part in re.findall(r"\d+", repr(value)))
                if self.digits > MAX_DIGITS:
                    raise ExpressionError(
                        f"the numbers of the line have more than {MAX_DIGITS} digits: write the "
                        "formula, not its values"
                    )
                return lambda values: number
            case ast.Name(id=name):
                self._name(node, name)
                return lambda values: np.asarray(values[name], dtype=np.float64)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
                a, b = self.read(left, depth + 1), self.read(right, depth + 1)
                source = Source(self.line, node)
                return lambda values: binary(operator, a(values), b(values), source)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                positive = self.read(operand, depth + 1)
                return lambda values: -positive(values)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand, depth + 1)
            case ast.Attribute(value=matrix, attr=name):
                if name != "T":
                    raise self._refuse(node, f"`.{clean(name, 30)}` is not known here, only .T is")
                turned = self.read(matrix, depth + 1)
                return lambda values: np.asarray(turned(values).T)
            case ast.Call(func=function, args=arguments, keywords=keywords):
                called = self._called(node, function, keywords)
                given = [*arguments, *(keyword.value for keyword in keywords)]
                parts = [self.read(each, depth + 1) for each in given]
                source = Source(self.line, node)
                return lambda values: call(called, [part(values) for part in parts], source)
            case ast.BinOp(op=ast.FloorDiv()):
                raise self._refuse(node, "write / for a fraction, // rounds")
            case _:
                raise self._refuse(node, _REFUSALS.get(type(node), _UNKNOWN))

    def _name(self, node: ast.expr, name: str) -> None:
        if name in self.symbols:
            self.names.add(self.symbols[name])
            return
        if name in FUNCTIONS:
            raise self._refuse(node, f"`{name}` is a function: write {name}(...)")
        allowed = ", ".join(self.symbols.values()) or "none"
        close = [f"`{self.symbols[each]}`" for each in get_close_matches(name, self.symbols, n=1)]
        meant = _as_product(name, self.symbols) or "".join(close)
        hint = f" Did you mean {meant}?" if meant else ""
        said = f"`{clean(name, 40)}` is not known here (symbols: {allowed}).{hint}"
        raise self._refuse(node, said)

    def _called(self, node: ast.expr, function: ast.expr, keywords: list[ast.keyword]) -> str:
        if isinstance(function, ast.Attribute) and function.attr in FUNCTIONS:
            said = f"write {function.attr}(...), without a name and a dot before it"
            raise self._refuse(node, said)
        if not isinstance(function, ast.Name):
            raise self._refuse(node, "an operator is missing before the `(`: write * for a product")
        name = function.id
        if name in FUNCTIONS:
            if any(keyword.arg != "axis" for keyword in keywords):
                raise self._refuse(node, f"{name} knows no such option (only axis=)")
            return name
        if name in self.symbols:
            raise self._refuse(node, f"`{name}` is a symbol: write {name}*(...) for a product")
        close = get_close_matches(name, FUNCTIONS, n=1)
        hint = f" Did you mean `{close[0]}`?" if close else ""
        said = f"the function `{clean(name, 40)}` is not known here ({', '.join(FUNCTIONS)}).{hint}"
        raise self._refuse(node, said)

    def _refuse(self, node: ast.expr, text: str) -> ExpressionError:
        # The parser counts in bytes.
        encoded = self.line.encode()[: node.col_offset]
        return _error(self.line, len(encoded.decode(errors="ignore")), text)


def _as_product(name: str, symbols: Mapping[str, str]) -> str | None:
    """Read `xy` as `x*y` where both are symbols."""
    for at in range(1, len(name)):
        if name[:at] in symbols and name[at:] in symbols:
            return f"{symbols[name[:at]]}*{symbols[name[at:]]}"
    return None


def _error(line: str, index: int, text: str) -> ExpressionError:
    start = max(0, index - 40)
    shown = line[start : index + 40].replace("\t", " ")
    return ExpressionError(f"{text}\n    {shown}\n    {' ' * (index - start)}^")
