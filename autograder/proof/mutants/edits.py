"""A cell's text, and changes of it that leave everything else as it was written."""

from __future__ import annotations

import ast
import re
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

    def line_span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the lines `first` to `last` begin and end, the last line break included."""
        return self._starts[first - 1], min(self._starts[last], len(self.text))

    def is_open(self, node: ast.AST) -> bool:
        """Return whether every line of the node may be changed."""
        lines = range(getattr(node, "lineno", 1), (getattr(node, "end_lineno", 0) or 0) + 1)
        return self._open is None or all(line in self._open for line in lines)

    def _offset(self, line: int, column: int) -> int:
        # Python counts the bytes of a line in UTF-8.
        before = self.lines[line - 1].encode("utf-8")[:column].decode("utf-8")
        return self._starts[line - 1] + len(before)


def written(
    operator: str, source: Source, node: ast.expr, other: ast.expr, replace: ReplaceIn
) -> Edit:
    """Return the edit that puts `other` in the place of `node`, in brackets where it needs them.

    `replace` puts a node in the place of another in the tree and takes it out again.
    """
    plain = ast.unparse(other)
    quoted = _SIMPLE_STRING.sub(r'"\1"', plain)
    start, end = source.span(node)
    edits = [Edit(operator, start, end, text) for text in (quoted, f"({quoted})", plain)]
    if source.text[start - 1 : start] == "(" and source.text[end : end + 1] == ")":
        # Brackets that the new text may not need.
        edits.insert(0, Edit(operator, start - 1, end + 1, quoted))
    if isinstance(other, ast.Tuple):
        edits.insert(0, Edit(operator, start, end, quoted[1:-1]))
    with_other = replace.dump(node, other)
    for edit in edits:
        if _dump(edit.apply(source.text)) == with_other:
            return edit
    return Edit(operator, start, end, f"({plain})")


class ReplaceIn:
    """A tree in which one node at a time is replaced."""

    def __init__(self, tree: ast.AST) -> None:
        self._tree = tree
        self._places: dict[ast.AST, tuple[ast.AST, str, int | None]] = {}
        for node in ast.walk(tree):
            for name, value in ast.iter_fields(node):
                for at, child in enumerate(value if isinstance(value, list) else [value]):
                    if isinstance(child, ast.AST):
                        self._places[child] = node, name, at if isinstance(value, list) else None

    def dump(self, node: ast.AST, other: ast.AST) -> str:
        """Return the dump of the whole tree with `other` in the place of `node`."""
        parent, name, at = self._places[node]
        self._put(parent, name, at, other)
        try:
            return ast.dump(self._tree)
        finally:
            self._put(parent, name, at, node)

    def _put(self, parent: ast.AST, name: str, at: int | None, node: ast.AST) -> None:
        if at is None:
            setattr(parent, name, node)
        else:
            getattr(parent, name)[at] = node


def _dump(text: str) -> str | None:
    try:
        return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError):
        return None


def around(tree: ast.AST) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
    """Every node that has a place in the text and a meaning of its own, with those around it.

    Left out are annotations, decorators and what is inside an f-string or an error's words.
    """
    waiting: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(tree, ())]
    while waiting:
        node, outside = waiting.pop()
        yield node, outside
        inner = (*outside, node)
        waiting += [(child, inner) for child in reversed(_meaningful(node))]


def _meaningful(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.JoinedStr | ast.Raise):
        return []
    if isinstance(node, ast.Assert):
        return [node.test]
    skipped = {
        id(child)
        for name in ("annotation", "returns", "decorator_list")
        for child in _listed(getattr(node, name, None))
    }
    return [child for child in ast.iter_child_nodes(node) if id(child) not in skipped]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
