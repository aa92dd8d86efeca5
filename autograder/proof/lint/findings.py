"""The findings of the linter, the list of its rules, and the checks files as text and trees."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Finding:
    """A hole in a checks file: the rule, where it is, what is wrong and what to do about it."""

    rule: str
    path: Path
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}. {self.remedy}"


# A file and a line of it.
Place = tuple[str, int]
# What a search finds: the rule, the place, the task or "", and what is wrong there.
Hits = Iterator[tuple[str, Place, str, str]]

# A search gets the `Trials`, which import this file.
Look = Callable[[Any], Hits]

# The remedies of the rules by name, and the searches for their holes.
RULES: dict[str, str] = {}
LOOKS: list[Look] = []


def finds(**remedies: str) -> Callable[[Look], Look]:
    """Register a search for holes, with the remedies of the rules that are its own."""
    RULES.update({name.replace("_", "-"): remedy for name, remedy in remedies.items()})

    def register(look: Look) -> Look:
        LOOKS.append(look)
        return look

    return register


class Source:
    """One checks file, which Python has loaded before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.tree = ast.parse(self.text)

    @cached_property
    def functions(self) -> dict[ast.FunctionDef, int]:
        """All functions of the file, methods and inner ones included, with their first lines."""
        return {
            node: min([node.lineno, *(each.lineno for each in node.decorator_list)])
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef)
        }

    def nodes_at(self, line: int) -> Iterator[ast.AST]:
        """The statements that begin in a line, and the expressions that it is a part of."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.stmt | ast.expr) and node.lineno <= line:
                last = node.lineno if isinstance(node, ast.stmt) else node.end_lineno or 0
                if line <= last:
                    yield node


def name_of(node: ast.AST | None) -> str:
    """The last name of an expression: `allclose` of `np.allclose`, "" if there is none."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def words(name: str) -> set[str]:
    """The words of a name, such as {multi, head, attention} of multi_head_attention."""
    found = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    return {word.lower() for word in found}
