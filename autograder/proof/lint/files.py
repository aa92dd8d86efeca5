"""The checks files of an assignment as text and trees."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.errors import CourseError


@dataclass(eq=False)
class Source:
    """One checks file."""

    path: Path
    text: str
    tree: ast.Module

    @cached_property
    def comments(self) -> dict[int, str]:
        """The comments of the file by line, without their `#`."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return {
            token.start[0]: token.string.lstrip("#").strip()
            for token in tokens
            if token.type == tokenize.COMMENT
        }

    @cached_property
    def functions(self) -> list[ast.FunctionDef]:
        """All functions of the file, methods and inner ones included."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]

    def nodes_at(self, line: int) -> Iterator[ast.AST]:
        """The statements that begin in a line and all within their heads."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.stmt) and node.lineno <= line <= _end_of_head(node):
                yield node
                for name, child in ast.iter_fields(node):
                    if name not in ("body", "orelse", "finalbody", "handlers"):
                        for part in child if isinstance(child, list) else [child]:
                            yield from ast.walk(part) if isinstance(part, ast.AST) else ()


def _end_of_head(node: ast.stmt) -> int:
    body = getattr(node, "body", None)
    end = node.end_lineno or node.lineno
    return max(node.lineno, body[0].lineno - 1) if isinstance(body, list) and body else end


def read_source(path: Path) -> Source:
    """Read a checks file; CourseError names the file, and the line of a syntax error."""
    try:
        text = path.read_text(encoding="utf-8")
        return Source(path, text, ast.parse(text))
    except SyntaxError as error:
        raise CourseError(f"{path}, line {error.lineno or 1}: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise CourseError(f"{path}: cannot be read: {error}") from error


def words(name: str) -> set[str]:
    """The words of a name, such as {multi, head, attention} of multi_head_attention."""
    found = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    return {word.lower() for word in found}
