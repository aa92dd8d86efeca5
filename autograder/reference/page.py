"""Pages of reference runs: curves with their bands, the floor, ends and times."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import jinja2
import numpy as np
from markupsafe import Markup, escape

from autograder.checks import convergence
from autograder.checks.kernel.curves import draw_curve
from autograder.reference.devices import Machine
from autograder.reference.recorded import read_recorded, timing_figures
from autograder.reference.runs import PartReport
from autograder.reference.trace import Better, Curve

TEMPLATE = Path(__file__).parent / "page.html"
_CODE = re.compile(r"`([^`]+)`")
_NOW = "#1f5fa8"  # beside the grey of what is recorded
_TIMES = ("seconds_per_step", "ratio", "items_per_second", "share_of_floor")


def write_page(path: Path, machine: Machine, reports: Sequence[PartReport]) -> None:
    """Write one HTML file, with its figures in it, on the runs that were just made.

    Each is drawn over the bands of the recorded runs: the median, half of them, 90 % of them.
    """
    parts = [shown(report, heading=f"{report.assignment}: {report.part}") for report in reports]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rendered(parts, title="Reference runs", machine=machine), encoding="utf-8")


def rendered(parts: Sequence[dict[str, Any]], **values: Any) -> str:
    """Return `page.html` with these values: `machine` is given where runs were made just now."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(parts=parts, **{"machine": None, "stamp": "", **values})


def shown(report: PartReport, heading: str) -> dict[str, Any]:
    """Return what the page says of a part, under this heading: what is recorded, and its runs."""
    path = report.recorded
    content = read_recorded(path) if path is not None and path.exists() else {"parts": {}}
    recorded = content["parts"].get(report.part, {})
    traces = [outcome.trace for outcome in report.outcomes if outcome.trace is not None]
    curves = recorded.get("curves", {})
    peaks = [outcome.peak_bytes for outcome in report.outcomes]
    return {
        "report": report,
        "heading": heading,
        "about": Markup(_CODE.sub(r"<code>\1</code>", str(escape(report.about)))),
        "seeds": len(recorded.get("seeds", ())),
        "device": content.get("device"),
        "peak": max(peaks, default=recorded.get("peak_bytes", 0)) / 2**20,
        "figures": [
            {"name": name, "svg": Markup(draw(curves.get(name), [t.curves[name] for t in traces]))}
            for name in (traces[0].curves if traces else curves)
        ],
        "ends": [_end(path, name, traces) for name in recorded.get("metrics", ())],
        "times": [
            {
                "name": name,
                "unit": figures["unit"] or "items",
                "recorded": _medians(figures),
                "now": _medians(timing_figures(report.outcomes, name)),
            }
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
        "last": _worst(envelope.values, envelope.better),
        "floor": envelope.floor,
        "now": median(now) if now else None,
        "worst": _worst(now, envelope.better) if now else None,
    }


def _worst(values: Sequence[float], better: Better) -> float:
    return max(values) if better == "smaller" else min(values)


def _medians(figures: dict[str, Any]) -> dict[str, float | None]:
    return {key: median(figures[key]) if figures.get(key) else None for key in _TIMES}


def draw(recorded: Mapping[str, Any] | None, curves: Sequence[Curve]) -> str:
    """Return one curve's figure as SVG: recorded bands in grey, runs in blue, the floor dashed."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    with pyplot.rc_context({"svg.hashsalt": "reference", "font.size": 9, "svg.fonttype": "none"}):
        figure, axes = pyplot.subplots(figsize=(6.4, 3.2), layout="constrained")
        if recorded is not None:
            draw_curve(axes, recorded, "recorded")
        for number, curve in enumerate(curves):
            label = "these runs" if number == 0 else None
            axes.plot(curve.places, curve.values, color=_NOW, lw=0.7, alpha=0.7, label=label)
        if recorded is None and curves[0].floor is not None:
            axes.axhline(curves[0].floor, color=_NOW, ls="--", lw=0.9, label="floor")
        if _wide(recorded, curves):
            axes.set_yscale("log")
        axes.set_xlabel(curves[0].axis if curves else (recorded or {}).get("axis", "step"))
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None})
        pyplot.close(figure)
    text = written.getvalue()
    return text[text.index("<svg") :]  # what stands before is for files of their own


def _wide(recorded: Mapping[str, Any] | None, curves: Sequence[Curve]) -> bool:
    """Return whether the values span more than a linear scale shows."""
    lines = [curve.values for curve in curves] + list((recorded or {"bands": {}})["bands"].values())
    everything = np.concatenate([np.asarray(line, float) for line in lines])
    return bool(np.all(everything > 0) and everything.max() > 30 * everything.min())
