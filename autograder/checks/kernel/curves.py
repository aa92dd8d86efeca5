"""Draw the curves of right solutions behind a curve of one's own.

    from autograder import draw_recorded

    plt.plot(losses, label="your training")
    draw_recorded(plt.gca(), "loss, by hand")

`autograder reference --update` writes `data/curves.json`, which lies beside the notebook.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from autograder.errors import CourseError

FILE = Path("data", "curves.json")
# Grey, so that print shows what the screen does, and any colour stands out.
_INK, _BAND = "#222222", "#b8b8b8"


def read_curve(path: Path, name: str) -> dict[str, Any]:
    """Return what is recorded of the curve `name`: its `steps`, and its `bands` by percentile.

    Raises CourseError where the file is missing or not in its form, or has no such curve.
    """
    try:
        curves = json.loads(path.read_text(encoding="utf-8"))["curves"]
        if name in curves:
            return dict(curves[name])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path} cannot be read: {type(error).__name__}: {error}") from None
    raise CourseError(f"{path} has no curve {name!r}, only {', '.join(map(repr, curves))}")


def draw_curve(axes: Any, recorded: Mapping[str, Any], label: str) -> None:
    """Draw the median of recorded runs, half of them, 90 % of them, and the floor if it is known.

    `axes` are matplotlib's. Everything is behind what is drawn there before or afterwards.
    """
    steps = recorded["steps"]
    bands = {percent: np.array(band, float) for percent, band in recorded["bands"].items()}
    axes.fill_between(steps, bands["5"], bands["95"], color=_BAND, alpha=0.45, lw=0, zorder=0)
    axes.fill_between(steps, bands["25"], bands["75"], color=_BAND, alpha=0.9, lw=0, zorder=0)
    said = f"{label}: median, 50 %, 90 %"
    axes.plot(steps, bands["50"], color=_INK, lw=1.2, zorder=0.5, label=said)
    if recorded.get("floor") is not None:
        axes.axhline(recorded["floor"], color=_INK, ls="--", lw=0.9, zorder=0.5, label="floor")
