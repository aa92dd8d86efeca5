"""The checks files of an assignment as trees: their checks, helpers, comments and imports."""

from __future__ import annotations

import ast
import io
import itertools
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import CourseError

if TYPE_CHECKING:
    from autograder.proof.lint.trace import Trace

Function = ast.FunctionDef | ast.Lambda


@dataclass(eq=False)
class Source:
    """One checks file."""

    path: Path
    text: str
    tree: ast.Module
    hidden: bool

    @cached_property
    def comments(self) -> dict[int, str]:
        """The comments of the file by line, without their `#`."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return {
            token.start[0]: token.string.lstrip("#").strip()
            for token in tokens
            if token.type == tokenize.COMMENT
        }

    def __hash__(self) -> int:
        return hash(self.path)


@dataclass(eq=False)
class Check:
    """A test function with a task, and what following its code found."""

    name: str
    task: str
    source: Source
    node: ast.FunctionDef
    in_class: ast.ClassDef | None = None
    trace: Trace = field(init=False)

    @property
    def line(self) -> int:
        """The line of its `def`."""
        return self.node.lineno


@dataclass
class Checks:
    """Everything the rules look at: files, checks, the parameters of the solution's functions."""

    sources: list[Source]
    checks: list[Check]
    signatures: dict[str, tuple[str, ...]]

    @property
    def tasks(self) -> dict[str, list[Check]]:
        """The checks of each task, in the order of the files."""
        found: dict[str, list[Check]] = {}
        for check in self.checks:
            found.setdefault(check.task, []).append(check)
        return found


def read_source(path: Path, *, hidden: bool) -> Source:
    """Read a checks file; CourseError names the file, and the line of a syntax error."""
    try:
        text = path.read_text(encoding="utf-8")
        return Source(path, text, ast.parse(text), hidden)
    except SyntaxError as error:
        raise CourseError(f"{path}, line {error.lineno or 1}: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise CourseError(f"{path}: cannot be read: {error}") from error


def checks_in(source: Source) -> Iterator[Check]:
    """Every function of `source` that `@task` marks, methods of classes included."""
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                yield from _check(source, inner, node)
        else:
            yield from _check(source, node, None)


def _check(source: Source, node: ast.stmt, in_class: ast.ClassDef | None) -> Iterator[Check]:
    if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test"):
        return
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and _last_name(decorator.func) == "task":
            if decorator.args and isinstance(decorator.args[0], ast.Constant):
                name = node.name if in_class is None else f"{in_class.name}.{node.name}"
                yield Check(name, str(decorator.args[0].value), source, node, in_class)
            return


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def signatures_in(text: str) -> dict[str, tuple[str, ...]]:
    """The parameter names of every function and class that `text` defines; {} if it is no Python.

    A class has those of its `__init__`, and each method its own.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = _parameters(node)
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    name = node.name if method.name == "__init__" else method.name
                    found.setdefault(name, _parameters(method)[1:])
    return found


def _parameters(node: ast.FunctionDef) -> tuple[str, ...]:
    spec = node.args
    return tuple(a.arg for a in itertools.chain(spec.posonlyargs, spec.args, spec.kwonlyargs))


def tokens(name: str) -> set[str]:
    """The words of a name, such as {multi, head, attention} of multi_head_attention."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    return {word.lower() for word in words}
