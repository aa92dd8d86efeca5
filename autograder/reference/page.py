"""The page of a reference run: curves with their bands, the floor, ends and times."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import jinja2
import numpy as np
from markupsafe import Markup

from autograder.checks import convergence
from autograder.reference.devices import Machine
from autograder.reference.recorded import read_recorded, timing_figures
from autograder.reference.runs import PartReport
from autograder.reference.trace import Curve

_TEMPLATE = Path(__file__).parent / "page.html"
# Grey and one colour, so that print shows what the screen does.
_INK, _BAND, _NOW = "#222222", "#b8b8b8", "#1f5fa8"


def write_page(path: Path, machine: Machine, reports: Sequence[PartReport]) -> None:
    """Write one HTML file, with its figures in it, on the runs that were just made.

    Each is drawn over the bands of the recorded runs: the median, half of them, 90 % of them.
    """
    parts = [_part(report) for report in reports]
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template.render(machine=machine, parts=parts), encoding="utf-8")


def _part(report: PartReport) -> dict[str, Any]:
    path = report.recorded
    content = read_recorded(path) if path is not None and path.exists() else {"parts": {}}
    recorded = content["parts"].get(report.part, {})
    traces = [outcome.trace for outcome in report.outcomes if outcome.trace is not None]
    names = list(traces[0].curves) if traces else []
    return {
        "report": report,
        "seeds": len(recorded.get("seeds", ())),
        "device": content.get("device"),
        "peak": max((outcome.peak_bytes for outcome in report.outcomes), default=0) / 2**20,
        "figures": [
            {
                "name": name,
                "svg": Markup(
                    draw(recorded.get("curves", {}).get(name), [t.curves[name] for t in traces])
                ),
            }
            for name in names
        ],
        "ends": [_end(path, name, traces) for name in recorded.get("metrics", ())],
        "times": [
            _time(name, figures, timing_figures(report.outcomes, name))
            for name, figures in recorded.get("timings", {}).items()
        ],
    }


def _end(path: Path | None, name: str, traces: Sequence[Any]) -> dict[str, Any]:
    assert path is not None
    envelope = convergence.read(path, name)
    now = [trace.ends()[name].value for trace in traces if name in trace.ends()]
    return {
        "name": name,
        "better": envelope.better,
        "recorded": median(envelope.values),
        "bound": envelope.bound,
        "floor": envelope.floor,
        "now": median(now) if now else None,
        "worst": (max if envelope.better == "smaller" else min)(now) if now else None,
    }


def _time(name: str, recorded: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    def middle(figures: dict[str, Any], key: str) -> float | None:
        return median(figures[key]) if figures.get(key) else None

    keys = ("seconds_per_step", "ratio", "items_per_second", "share_of_floor")
    return {
        "name": name,
        "unit": recorded["unit"] or "items",
        "recorded": {key: middle(recorded, key) for key in keys},
        "now": {key: middle(now, key) for key in keys},
    }


def draw(recorded: Mapping[str, Any] | None, curves: Sequence[Curve]) -> str:
    """One curve's figure as SVG: recorded bands in grey, runs in blue, the floor dashed."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    with pyplot.rc_context({"svg.hashsalt": "reference", "font.size": 9}):
        figure, axes = pyplot.subplots(figsize=(6.4, 3.2), layout="constrained")
        if recorded is not None:
            steps = recorded["steps"]
            bands = {p: np.array(v, dtype=float) for p, v in recorded["bands"].items()}
            axes.fill_between(steps, bands["5"], bands["95"], color=_BAND, alpha=0.45, lw=0)
            axes.fill_between(steps, bands["25"], bands["75"], color=_BAND, alpha=0.9, lw=0)
            axes.plot(steps, bands["50"], color=_INK, lw=1.2, label="recorded: median, 50 %, 90 %")
        for number, curve in enumerate(curves):
            along = curve.every * np.arange(1, len(curve.values) + 1)
            label = "these runs" if number == 0 else None
            axes.plot(along, curve.values, color=_NOW, lw=0.7, alpha=0.7, label=label)
        if curves[0].floor is not None:
            axes.axhline(curves[0].floor, color=_INK, ls="--", lw=0.9, label="floor")
        everything = np.concatenate([np.asarray(curve.values, float) for curve in curves])
        if np.all(everything > 0) and everything.max() > 30 * everything.min():
            axes.set_yscale("log")
        axes.set_xlabel("step")
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None})
        pyplot.close(figure)
    text = written.getvalue()
    return text[text.index("<svg") :]  # what stands before is for files of their own
