"""`solutions/<name>/reference/<device>.json`: what independent runs of the solution did.

    {"schema": 1,
     "device": {"kind": "cpu", "name": "x86_64", "versions": {"python": "3.11.7", ...}},
     "metrics": {"loss": {"better": "smaller", "values": [0.021, ...], "floor": 0.0,
                          "required": 0.05}},
     "parts": {"train": {
        "seeds": [1000, ...], "metrics": ["loss"], "peak_bytes": [...],
        "curves": {"loss": {"better": "smaller", "steps": [10, 20, ...], "floor": null,
                            "bands": {"0": [...], "5": [...], "25": [...], "50": [...], ...}}},
        "timings": {"step": {"unit": "examples", "seconds_per_step": [...], "ratio": [...],
                             "items_per_second": [...], "share_of_floor": [...]}}}}}

`metrics` is what `checks.convergence` reads as well. Bands are percentiles over the runs; a curve
along something else than steps names it, `axis`. A `ratio` is seconds of a step in units of the
calibration that was measured in the same run, and `share_of_floor` the least seconds that its
operations and bytes can take, divided by those.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from autograder.checks.author.envelope import SCHEMA
from autograder.errors import AutograderError, CourseError
from autograder.reference.devices import Machine
from autograder.reference.trace import Curve, Metric
from autograder.reference.work import Outcome

PERCENTILES = (0, 5, 25, 50, 75, 95, 100)
_POINTS = 60


def path_of(folder: Path, device: str) -> Path:
    """Return the file in which the runs on a device are recorded."""
    return folder / "reference" / f"{device}.json"


def read_recorded(path: Path) -> dict[str, Any]:
    """Return the file's content; CourseError names it where it is missing or not in its form."""
    if not path.exists():
        raise CourseError(f"{path} does not exist: record it with `autograder reference --update`")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CourseError(f"{path}: {error}") from None
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise CourseError(f"{path}: schema: expected {SCHEMA}")
    if not isinstance(content.get("parts"), dict):
        raise CourseError(f"{path}: parts are missing: `autograder reference --update` writes them")
    return content


def write_recorded(path: Path, machine: Machine, part: str, outcomes: Sequence[Outcome]) -> None:
    """Write what the runs of a part did; other parts stay as they are recorded.

    Raises AutograderError where two parts have a metric of one name, or a run misses what it must
    reach.
    """
    old: dict[str, Any] = {"metrics": {}, "parts": {}}
    if path.exists():
        old |= json.loads(path.read_text(encoding="utf-8"))
    found = _metrics(part, outcomes)
    ends = old["metrics"] | found
    parts = old["parts"] | {part: _part(outcomes, list(found))}  # where it stood before, if it did
    for kind in ("metrics", "curves"):
        names = Counter(name for recorded in parts.values() for name in recorded[kind])
        if twice := [name for name, count in names.items() if count > 1]:
            said = f"two parts have a {kind.removesuffix('s')} {twice[0]!r}: name one anew"
            raise AutograderError(f"{path}: {said}")
    metrics = {name: ends[name] for recorded in parts.values() for name in recorded["metrics"]}
    content = {"schema": SCHEMA, "device": asdict(machine), "metrics": metrics, "parts": parts}
    path.parent.mkdir(exist_ok=True)
    path.write_text(compact(content), encoding="utf-8")


def forget_parts(path: Path, known: Collection[str]) -> None:
    """Take out of a file what it holds of parts that are not `known` any more."""
    if not path.exists():
        return
    content = read_recorded(path)
    for part in content["parts"].keys() - set(known):
        for metric in content["parts"].pop(part)["metrics"]:
            del content["metrics"][metric]
    path.write_text(compact(content), encoding="utf-8")


def _metrics(part: str, outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    ends = [outcome.trace.ends() for outcome in outcomes if outcome.trace is not None]
    found: dict[str, dict[str, Any]] = {}
    for name, metric in ends[0].items():
        found[name] = {"better": metric.better, "values": [_rounded(run[name].end) for run in ends]}
        for field in ("floor", "enough", "required"):
            if (value := getattr(metric, field)) is not None:
                found[name][field] = float(value)
        for outcome, run in zip(outcomes, ends, strict=True):
            if not reaches(run[name]):
                raise AutograderError(
                    f"{part}, seed {outcome.order.seed}: {name} ended at {run[name].value:g}, "
                    f"but {metric.required:g} is required: this cannot be vouched for"
                )
    return found


def reaches(metric: Metric) -> bool:
    """Return whether a run reached what every run has to."""
    if metric.required is None:
        return True
    if metric.end is None:
        return False
    sign = 1 if metric.better == "smaller" else -1
    return sign * (metric.end - metric.required) <= 0


def _part(outcomes: Sequence[Outcome], metrics: list[str]) -> dict[str, Any]:
    traces = [outcome.trace for outcome in outcomes if outcome.trace is not None]
    timings = {name: timing_figures(outcomes, name) for name in traces[0].timings}
    return {
        "seeds": [outcome.order.seed for outcome in outcomes],
        "metrics": metrics,
        "run_seconds": _rounded(median(outcome.seconds for outcome in outcomes)),
        "peak_bytes": max(outcome.peak_bytes for outcome in outcomes),
        "curves": {
            name: _bands([trace.curves[name] for trace in traces]) for name in traces[0].curves
        },
        "timings": {name: each for name, each in timings.items() if each["seconds_per_step"]},
    }


def _bands(curves: Sequence[Curve]) -> dict[str, Any]:
    shortest = min(len(curve.values) for curve in curves)
    places = np.unique(np.linspace(0, shortest - 1, min(_POINTS, shortest)).round().astype(int))
    values = np.array([np.asarray(curve.values, float)[places] for curve in curves])
    first = curves[0]
    # A run that left all numbers behind is the worst; between it and another there is nothing.
    values[~np.isfinite(values)] = math.inf if first.better == "smaller" else -math.inf
    method: Any = "linear" if np.isfinite(values).all() else "nearest"
    bands = np.percentile(values, PERCENTILES, axis=0, method=method)
    return {
        "better": first.better,
        "floor": first.floor,
        **({} if first.axis == "step" else {"axis": first.axis}),
        # Without .0 where they count something.
        "steps": [int(x) if x.is_integer() else x for x in np.array(first.places)[places].tolist()],
        "bands": {
            str(percent): [_rounded(float(x), 4) for x in band]
            for percent, band in zip(PERCENTILES, bands, strict=True)
        },
    }


def timing_figures(outcomes: Sequence[Outcome], name: str) -> dict[str, Any]:
    """Return the figures of one timing in those runs that were timed."""
    timed = [
        (outcome.trace.timings[name], outcome.calibration)
        for outcome in outcomes
        if outcome.trace is not None
        and outcome.calibration is not None
        and name in outcome.trace.timings
    ]
    figures: dict[str, Any] = {
        "unit": timed[0][0].unit if timed else "",
        "seconds_per_step": [_rounded(timing.seconds_per_step, 4) for timing, _ in timed],
        "ratio": [_rounded(t.seconds_per_step / c.seconds, 4) for t, c in timed],
        "calibration_seconds": [_rounded(c.seconds, 4) for _, c in timed],
    }
    if timed and all(timing.items for timing, _ in timed):
        figures["items_per_second"] = [_rounded(t.items / t.seconds, 4) for t, _ in timed]
    if timed and all(timing.flops or timing.bytes for timing, _ in timed):
        figures["flops"], figures["bytes"] = timed[0][0].flops, timed[0][0].bytes
        figures["share_of_floor"] = [
            _rounded(c.floor(t.flops, t.bytes) / t.seconds_per_step, 4) for t, c in timed
        ]
    return figures


def _rounded(value: float | None, digits: int = 9) -> float | None:
    """As many digits as another machine would give again."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{digits}g}")


def compact(content: dict[str, Any]) -> str:
    """Return JSON with one line for each list of numbers, so that a difference can be read."""
    lists: list[str] = []

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: kept(each) for key, each in value.items()}
        if isinstance(value, list):
            lists.append(json.dumps(value))
            return f"\0{len(lists) - 1}\0"
        return value

    text = json.dumps(kept(content), indent=1)
    for place, line in enumerate(lists):
        text = text.replace(f'"\\u0000{place}\\u0000"', line, 1)
    return text + "\n"
