"""A cell's text, and changes of it that leave everything else as it was written."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

_SIMPLE_STRING = re.compile(r"'([^'\"\\\n]*)'")


@dataclass(frozen=True)
class Edit:
    """The text from `start` to `end` replaced by `text`; `operator` says what for."""

    operator: str
    start: int
    end: int
    text: str

    def apply(self, text: str) -> str:
        """Return `text` with the change made."""
        return text[: self.start] + self.text + text[self.end :]


class Source:
    """Python text and its tree, with the places of nodes as places in the text.

    `open_lines` are the lines, from 1, that may be changed; all where it is None. Raises
    SyntaxError where the text is not Python.
    """

    def __init__(self, text: str, open_lines: frozenset[int] | None = None) -> None:
        self.text = text
        self.tree = ast.parse(text)
        self.lines = text.split("\n")
        self._open = open_lines
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where the node's text begins and ends."""
        assert isinstance(node, ast.expr | ast.stmt | ast.keyword | ast.arg)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._offset(node.lineno, node.col_offset),
            self._offset(node.end_lineno, node.end_col_offset),
        )

    def segment(self, node: ast.AST) -> str:
        """Return the node's text."""
        start, end = self.span(node)
        return self.text[start:end]

    def lines_of(self, node: ast.stmt) -> tuple[int, int]:
        """Return where the statement's lines begin and end, the last line break included."""
        last = node.end_lineno or node.lineno
        return self._starts[node.lineno - 1], min(self._starts[last], len(self.text))

    def is_open(self, node: ast.AST) -> bool:
        """Return whether every line of the node may be changed."""
        lines = range(getattr(node, "lineno", 1), (getattr(node, "end_lineno", 0) or 0) + 1)
        return self._open is None or all(line in self._open for line in lines)

    def _offset(self, line: int, column: int) -> int:
        # Python counts the bytes of a line in UTF-8.
        before = self.lines[line - 1].encode("utf-8")[:column].decode("utf-8")
        return self._starts[line - 1] + len(before)


def written(
    operator: str, source: Source, node: ast.expr, parent: ast.AST, other: ast.expr
) -> Edit:
    """Return the edit that puts `other` in the place of `node`, in brackets where it needs them."""
    plain = ast.unparse(other)
    quoted = _SIMPLE_STRING.sub(r'"\1"', plain)
    start, end = source.span(node)
    edits = [Edit(operator, start, end, text) for text in (quoted, f"({quoted})", plain)]
    if source.text[start - 1 : start] == "(" and source.text[end : end + 1] == ")":
        # Brackets that the new text may not need.
        edits.insert(0, Edit(operator, start - 1, end + 1, quoted))
    if isinstance(other, ast.Tuple):
        edits.insert(0, Edit(operator, start, end, quoted[1:-1]))
    with_other = _dump_with(source.tree, node, parent, other)
    for edit in edits:
        if _dump(edit.apply(source.text)) == with_other:
            return edit
    return Edit(operator, start, end, f"({plain})")


def _dump_with(tree: ast.AST, node: ast.AST, parent: ast.AST, other: ast.AST) -> str:
    """Return the dump of the whole tree with `other` in the place of `node`."""
    before = dict(vars(parent))
    for name, value in before.items():
        if value is node:
            setattr(parent, name, other)
        elif isinstance(value, list):
            setattr(parent, name, [other if each is node else each for each in value])
    try:
        return ast.dump(tree)
    finally:
        vars(parent).update(before)


def _dump(text: str) -> str | None:
    try:
        return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError):
        return None


def meaning_of(text: str) -> str | None:
    """Return the text as Python reads it; None where it does not compile."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of what a mutant is likely to mean
            compile(text, "<mutant>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError):
        return None
    return _dump(text)


def around(
    node: ast.AST, outside: tuple[ast.AST, ...] = ()
) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
    """Yield every node that has a meaning of its own, with those around it.

    Left out are annotations, decorators and what is inside an f-string or an error's words.
    """
    yield node, outside
    for child in _meaningful(node):
        yield from around(child, (*outside, node))


def _meaningful(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.JoinedStr | ast.Raise):
        return []
    if isinstance(node, ast.Assert):
        return [node.test]
    skipped = [getattr(node, name, None) for name in ("annotation", "returns")]
    skipped += getattr(node, "decorator_list", [])
    return [child for child in ast.iter_child_nodes(node) if child not in skipped]
