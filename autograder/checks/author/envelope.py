"""The envelope: how independent runs of the reference solution ended.

`solutions/<name>/reference/<device>.json` holds one for each metric:

    {"schema": 1,
     "metrics": {"loss": {"better": "smaller", "values": [0.021, 0.019, 0.024, 0.020, 0.022],
                          "floor": 0.0, "enough": 0.05}}}

| field | is |
|---|---|
| `better` | `smaller` or `larger` values of the metric |
| `values` | what each run ended with, one entry a run, at least 5; null: never got there |
| `floor` | optional; what no right solution can beat, such as the entropy of the source |
| `enough` | optional; a value as good as this is right, however good the recorded runs were |
| `required` | optional; what every reference run has to reach; no check looks at it |

Other fields of the file belong to others and are not looked at; in a metric they are refused.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from autograder.errors import CourseError

SCHEMA = 1
LEAST = 5
# One recorded run in this many may be a failure of its own, such as a dead net.
_RUNS_TO_A_BAD_ONE = 50
_FIELDS = ("better", "values", "floor", "enough", "required")


@dataclass(frozen=True)
class Envelope:
    """The values of `metric` at the end of independent runs of a right solution.

    A run that never got there is infinite. Raises ValueError naming the field that is wrong.
    """

    metric: str
    values: tuple[float, ...]
    better: Literal["smaller", "larger"] = "smaller"
    floor: float | None = None
    enough: float | None = None

    def __post_init__(self) -> None:
        if self.better not in ("smaller", "larger"):
            raise ValueError(f"better: expected 'smaller' or 'larger', got {self.better!r}")
        if len(self.values) < LEAST:
            raise ValueError(f"values: expected at least {LEAST} runs, got {len(self.values)}")
        if not math.isfinite(self.bound):
            raise ValueError(
                f"values: more than {self.beyond - 1} of {len(self.values)} runs never got there, "
                "so that nothing could fail: give `enough`, or train longer"
            )
        if self.floor is not None and any(self._beats(value, self.floor) for value in self.values):
            raise ValueError(f"floor: a recorded run is beyond {self.floor}, so it is no floor")

    @property
    def beyond(self) -> int:
        """The place of the bound among the recorded runs, from the worst: 1, of many more."""
        return 1 + len(self.values) // _RUNS_TO_A_BAD_ONE

    @property
    def bound(self) -> float:
        """The worst value that is still inside."""
        ordered = sorted(self.values, reverse=self.better == "smaller")
        worst = ordered[self.beyond - 1]
        if self.enough is not None and self._beats(worst, self.enough):
            return self.enough
        return worst

    def _beats(self, a: float, b: float) -> bool:
        return a < b if self.better == "smaller" else a > b


def read(path: Path | str, metric: str | None = None) -> Envelope:
    """Return the envelope of `metric`, of the file's only one when it is left out.

    Raises CourseError naming the file and the field that is missing or wrong.
    """
    file = Path(path)
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CourseError(f"{file}: cannot be read: {error}") from None
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        found = content.get("schema") if isinstance(content, dict) else None
        raise CourseError(f"{file}: schema: expected {SCHEMA}, got {found!r}")
    metrics = content.get("metrics")
    if not isinstance(metrics, dict) or not metrics:
        raise CourseError(f"{file}: metrics: expected one entry for each metric")
    known = ", ".join(metrics)
    if metric is None and len(metrics) > 1:
        raise CourseError(f"{file}: metrics: say which one is meant: {known}")
    name = next(iter(metrics)) if metric is None else metric
    if name not in metrics:
        raise CourseError(f"{file}: metrics: there is no {name!r}, only {known}")
    try:
        return _envelope(name, metrics[name])
    except ValueError as error:
        raise CourseError(f"{file}: metrics.{name}.{error}") from None


def _envelope(metric: str, fields: Any) -> Envelope:
    if not isinstance(fields, dict):
        raise ValueError(f"better: expected the fields {', '.join(_FIELDS)}, got {fields!r}")
    for field in fields:
        if field not in _FIELDS:
            raise ValueError(f"{field}: unknown; expected one of {', '.join(_FIELDS)}")
    better: Any = fields.get("better")
    values = fields.get("values")
    if not isinstance(values, list):
        raise ValueError(f"values: expected a list of numbers, got {values!r}")
    never = -math.inf if better == "larger" else math.inf
    ends = [
        never if value is None else _number(value, f"values[{place}]")
        for place, value in enumerate(values)
    ]
    given = {
        name: _number(fields[name], name)
        for name in ("floor", "enough")
        if fields.get(name) is not None
    }
    return Envelope(metric, tuple(ends), better, **given)


def _number(value: Any, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{field}: expected a finite number, got {value!r}")
    return float(value)
