"""`# lint: ok <reason>`: one finding that is no hole, and why."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.proof.lint.files import Source
from autograder.proof.lint.findings import Finding, Hits, written

_EXCUSE = re.compile(r"lint:\s*ok\b[\s:,—-]*(?P<reason>.*)")
_REASON = "Say why this is no hole: # lint: ok <reason>"
_UNUSED = "Remove the comment: one silences one finding, on its line, the line above or its `def`"


@written("excuse", "Say why it is no hole, as in # lint: ok <reason>, or remove the comment")
def excuse(source: Source) -> Hits:
    """An excuse without a reason, or one that silences nothing."""
    yield from ()  # known only when all other rules are through: see `silenced`


@dataclass(frozen=True)
class _Excuse:
    path: Path
    line: int
    reason: str


def silenced(sources: list[Source], findings: list[Finding]) -> list[Finding]:
    """The findings without those excused, and with the excuses that are none; sorted."""
    excuses = [given for source in sources for given in _excuses(source)]
    reaches = {source.path: _reaches(source) for source in sources}
    left = sorted(findings, key=lambda finding: (str(finding.path), finding.line, finding.rule))
    for given in excuses:
        lines = reaches[given.path].get(given.line, {given.line, given.line + 1})
        hits = [f for f in left if f.path == given.path and f.line in lines]
        if not given.reason:
            message = "an excuse without a reason silences nothing"
            left.append(Finding("excuse", given.path, given.line, message, _REASON))
        elif hits:
            left.remove(hits[0])
        else:
            message = "this excuse silences nothing"
            left.append(Finding("excuse", given.path, given.line, message, _UNUSED))
    return sorted(left, key=lambda finding: (str(finding.path), finding.line, finding.rule))


def _excuses(source: Source) -> Iterator[_Excuse]:
    for line, text in source.comments.items():
        match = _EXCUSE.match(text)
        if match:
            yield _Excuse(source.path, line, match["reason"].strip())


def _reaches(source: Source) -> dict[int, set[int]]:
    """From the lines of a function's head, decorators included, the excuse reaches its `def`."""
    found: dict[int, set[int]] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            for line in range(first - 1, node.lineno + 1):
                found[line] = {line, line + 1, node.lineno}
    # A comment behind code speaks of its own line, not of the next.
    rows = source.text.splitlines()
    for line in source.comments:
        if not rows[line - 1].lstrip().startswith("#") and line not in found:
            found[line] = {line}
    return found
