"""The table of results, one home for a student's kernel, nbgrader's pages and our own.

Styles are inline, because notebooks strip everything else, and colours are translucent
or of middle lightness, because nobody knows whether the page behind is light or dark.
Tags are few and plain, so that a sanitiser of notebooks lets them pass.
"""

from __future__ import annotations

import re
from collections import Counter
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
_CODE = re.compile(r"`([^`\n]+)`|\n([^\n]*\n *\^)(?:\n|$)")


def results_table(
    results: Sequence[CheckResult],
    points: float | None = None,
    max_points: float | None = None,
    *,
    note: str = "",
    foldable: bool = False,
) -> str:
    """Return an HTML table of results under a line with the score; everything is escaped.

    A known mistake that explains checks stands above the table, once, and the messages of
    these checks are folded away, or where the page is not `foldable` left out. The first check
    that did not pass stands out. Points are left out where they are None; `note` is a line of
    small print below.
    """
    total = sum(result.weight for result in results)
    first = next((result for result in results if not result.passed), None)
    share = max_points / total if max_points is not None and total else None
    above = ["", *(result.message for result in results)]
    rows = "".join(
        _row(result, result is first, share, repeats=result.message == before, foldable=foldable)
        for result, before in zip(results, above, strict=False)
    )
    small = (
        f'<div style="opacity:.7;font-size:90%;padding-top:4px">{escape(note)}</div>'
        if note
        else ""
    )
    return (
        '<div style="max-width:60em;line-height:1.45">'
        f"{_summary(results, points, max_points)}{_diagnoses(results)}"
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


def _diagnoses(results: Sequence[CheckResult]) -> str:
    """Return a box for each known mistake, with how many checks it explains."""
    counts = Counter(result.diagnosis for result in results if result.diagnosis)
    return "".join(
        f'<div style="border-left:4px solid {_AMBER};padding:3px 0 3px 8px;margin:2px 0 6px">'
        f"<strong>{prose(sentence)}</strong><br>"
        '<span style="opacity:.8">A known mistake gives exactly your answers. It explains the '
        f"{'check' if count == 1 else f'{count} checks'} marked “explained above”.</span></div>"
        for sentence, count in counts.items()
    )


def _row(
    result: CheckResult, is_first: bool, share: float | None, *, repeats: bool, foldable: bool
) -> str:
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
        f'<td style="{_CELL}"><span style="{weight}">{prose(result.description)}</span>{hidden}'
        f"{_message(result, repeats, foldable)}</td>{points}</tr>"
    )


def _message(result: CheckResult, repeats: bool, foldable: bool) -> str:
    without = not result.message or result.message == result.description
    block = (
        '<div style="white-space:pre-wrap;overflow-wrap:anywhere;padding-top:2px">'
        f"{prose(result.message)}</div>"
    )
    if result.passed or (without and not result.diagnosis):
        return ""
    if result.diagnosis and foldable and not without:
        return f'<details style="margin:0"><summary>explained above</summary>{block}</details>'
    if result.diagnosis or repeats:
        why = "explained above" if result.diagnosis else "as above"
        return f' <span style="opacity:.65">— {why}</span>'
    return block


def prose(text: str) -> str:
    """Return escaped text in which what stands between backticks is set as code.

    So is a line with a caret below it, which points at a column; in code, notebooks also
    leave dollar signs alone.
    """
    return _CODE.sub(_as_code, escape(text))


def _as_code(match: re.Match[str]) -> str:
    inline, pointed_at = match.groups()
    layout = "" if inline else "display:block;white-space:pre-wrap;"
    style = f"{layout}background:none;padding:0;color:inherit"
    return f'<code style="{style}">{inline or pointed_at}</code>'
