"""The table of results, one home for a student's kernel, nbgrader's pages and our own.

Styles are inline, because notebooks strip everything else, and colours are translucent
or of middle lightness, because nobody knows whether the page behind is light or dark.
Tags are few and plain, so that a sanitiser of notebooks lets them pass.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from autograder.checks.results import CheckResult, number

_GREEN = "#2da44e"
_RED = "#e5534b"
_AMBER = "#c69026"
_MARKS = {
    "passed": ("✓", _GREEN, "passed"),
    "failed": ("✗", _RED, "failed"),
    "error": ("!", _AMBER, "could not be checked"),
    "timeout": ("✗", _RED, "out of time"),
}
_CELL = (
    "text-align:left;vertical-align:top;padding:5px 10px 5px 0;border:none;"
    "background:none;white-space:normal"
)
_RULE = "border-top:1px solid rgba(128,128,128,.25)"


def results_table(
    results: Sequence[CheckResult],
    points: float | None = None,
    max_points: float | None = None,
    *,
    note: str = "",
) -> str:
    """Return an HTML table of results under a line with the score; everything is escaped.

    The first check that did not pass stands out. Points are left out where they are None;
    `note` is a line of small print below.
    """
    total = sum(result.weight for result in results)
    first = next((result for result in results if not result.passed), None)
    share = max_points / total if max_points is not None and total else None
    rows = "".join(_row(result, result is first, share) for result in results)
    small = (
        f'<div style="opacity:.7;font-size:90%;padding-top:4px">{escape(note)}</div>'
        if note
        else ""
    )
    return (
        '<div style="max-width:60em;line-height:1.45">'
        f"{_summary(results, points, max_points)}"
        '<table style="border-collapse:collapse;border:none;width:100%;margin:0;'
        f'table-layout:auto;font-size:inherit;color:inherit">{rows}</table>{small}</div>'
    )


def _summary(results: Sequence[CheckResult], points: float | None, max_points: float | None) -> str:
    passed = sum(result.passed for result in results)
    everything = passed == len(results)
    colour = _GREEN if everything else _RED
    checks = f"{passed} of {len(results)} checks pass"
    if len(results) == 1:
        checks = "the check passes" if everything else "the check does not pass yet"
    elif everything:
        checks = f"all {len(results)} checks pass"
    head = checks
    if points is not None and max_points is not None:
        unit = "point" if max_points == 1 else "points"
        head = f"{number(points)} of {number(max_points)} {unit}"
    rest = f' <span style="opacity:.8">— {checks}</span>' if head != checks else ""
    return (
        f'<div style="padding:2px 0 6px"><strong style="color:{colour};font-size:110%">'
        f"{head}</strong>{rest}</div>"
    )


def _row(result: CheckResult, is_first: bool, share: float | None) -> str:
    mark, colour, meaning = _MARKS[result.status]
    tint = "background:rgba(229,83,75,.13);" if is_first else "background:none;"
    edge = f"border-left:4px solid {colour if is_first else 'transparent'};"
    weight = "font-weight:600;" if is_first else ""
    hidden = (
        ' <span style="opacity:.65;font-size:85%;font-weight:400">hidden</span>'
        if result.visibility == "hidden"
        else ""
    )
    points = ""
    if share is not None:
        earned = result.weight * share if result.passed else 0.0
        points = (
            f'<td style="{_CELL};text-align:right;white-space:nowrap;opacity:.75">'
            f"{number(earned)} / {number(result.weight * share)}</td>"
        )
    return (
        f'<tr style="{tint}{_RULE}">'
        f'<td style="{_CELL};{edge}padding-left:8px;width:1.5em;color:{colour};'
        f'font-weight:700" title="{meaning}">{mark}</td>'
        f'<td style="{_CELL}"><span style="{weight}">{_prose(result.description)}</span>{hidden}'
        f"{_message(result)}</td>{points}</tr>"
    )


def _message(result: CheckResult) -> str:
    if result.passed or not result.message or result.message == result.description:
        return ""
    # The caret of an expression error points at a column.
    has_caret = any(line.strip() == "^" for line in result.message.splitlines())
    font = "font-family:monospace;" if has_caret else ""
    text = escape(result.message) if has_caret else _prose(result.message)
    return (
        f'<div style="white-space:pre-wrap;overflow-wrap:anywhere;padding-top:2px;{font}">'
        f"{text}</div>"
    )


def _prose(text: str) -> str:
    """Return escaped text in which what stands between backticks is set as code."""
    code = r'<code style="background:none;padding:0;color:inherit">\1</code>'
    return re.sub(r"`([^`\n]+)`", code, escape(text))
