"""What a cell of a student's own is: code that defines these names, or words.

Students' code is never parsed here: Python's parser can be made to end its process. Lines are
read one by one, and what they do not tell is not known. Released tests are the author's.
"""

from __future__ import annotations

import ast
import builtins
import re

from nbformat import NotebookNode

_DEFINITION = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)")
_IMPORT = re.compile(r"(?:from\s+[\w.]+\s+)?import\s")
_AS = re.compile(r"\bas\s+(\w+)")
_TARGETS = re.compile(r"[\w\s,()*]+")
_NAME = re.compile(r"[^\W\d]\w*")
_RUN_HERE = ("%%time", "%%capture", "%%prun")
_LONGEST_LINE = 2000
# What stands for the names that a cell takes over without naming them.
ANY = "*"


def names_defined(source: str) -> frozenset[str]:
    """Return the names that code defines at its top level, as far as its lines tell."""
    found: set[str] = set()
    inside: int | None = None  # how far the function or class whose body this is stands in
    blocks: list[int] = []  # and the same of every `if`, `for`, `with` that is open
    for number, line in enumerate(source.strip().splitlines()):
        text = line.strip()[:_LONGEST_LINE]
        if number == 0 and text.startswith("%%") and not text.startswith(_RUN_HERE):
            return frozenset()  # its text is no code of this notebook
        indent = len(line) - len(line.lstrip())
        if text.startswith("%run "):
            found.add(ANY)
        if not text or text[0] in "#@%!)]}" or (inside is not None and indent > inside):
            continue
        inside = None
        while blocks and blocks[-1] >= indent:
            blocks.pop()
        if indent and not blocks:
            continue
        if definition := _DEFINITION.match(text):
            found.add(definition[1])
            inside = indent
            continue
        if text.endswith(":"):
            blocks.append(indent)
        found.update(_bound(text))
    return frozenset(found)


def _bound(text: str) -> list[str]:
    """Return the names that one line gives a value."""
    if _IMPORT.match(text):
        given = text.partition("import")[2].split("#")[0].strip(" ()\\").split(",")
        if given == [ANY]:
            return given
        return [name for each in given for name in _NAME.findall(each)[-1:]]
    if text.startswith(("with ", "import ")):
        return _AS.findall(text)
    head, equals, rest = text.partition("=")
    head = head.partition(":")[0]
    if not equals or rest.startswith("=") or not _TARGETS.fullmatch(head):
        return []
    return _NAME.findall(head) if head.count("(") == head.count(")") else []


def names_used(test: str) -> frozenset[str]:
    """Return the names that a released test uses and does not define itself."""
    try:
        names = [each for each in ast.walk(ast.parse(test)) if isinstance(each, ast.Name)]
    except (SyntaxError, ValueError):
        return frozenset()
    used = {each.id for each in names if isinstance(each.ctx, ast.Load)}
    stored = {each.id for each in names if not isinstance(each.ctx, ast.Load)}
    return frozenset(used - stored - names_defined(test) - set(dir(builtins)))


def is_words(cell: NotebookNode) -> bool:
    """Return whether a cell holds words, or pictures, for a person to read."""
    text = cell.source.strip()
    if cell.cell_type != "code":
        return bool(text or cell.get("attachments"))
    quotes = text[:3]
    if quotes in ('"""', "'''"):
        return len(text) > 6 and text.endswith(quotes)
    return bool(text) and all(
        line.lstrip().startswith("#") for line in text.splitlines() if line.strip()
    )
