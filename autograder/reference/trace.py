"""The trace of one reference run: how it ended, its curves, and its time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Better = Literal["smaller", "larger"]


@dataclass(frozen=True)
class Metric:
    """The end of a run, as one number.

    Args:
        value: what it ended with; infinite or NaN where it never got there.
        better: which way is better.
        floor: what no right solution can beat, such as the entropy of the source.
        enough: a value as good as this is right, however good the recorded runs were.
        required: what every run has to reach, however bad the recorded runs were.
    """

    value: float
    better: Better = "smaller"
    floor: float | None = None
    enough: float | None = None
    required: float | None = None

    @property
    def end(self) -> float | None:
        """The value, or None for a run that never got there."""
        return float(self.value) if math.isfinite(self.value) else None


@dataclass(frozen=True)
class Curve:
    """A quantity along a run: `values[i]` is that after `every * (i + 1)` steps.

    With a `target`, a metric "steps until <name> reaches <target>" is made of it. A quantity along
    something else says along what, `axis`, and `at` which places of it.
    """

    values: Sequence[float]
    every: int = 1
    better: Better = "smaller"
    target: float | None = None
    floor: float | None = None
    axis: str = "step"
    at: Sequence[float] | None = None

    def __post_init__(self) -> None:
        if self.at is not None and len(self.at) != len(self.values):
            raise ValueError(f"at: expected {len(self.values)} places, got {len(self.at)}")

    @property
    def places(self) -> list[float]:
        """Where along the axis each value is."""
        if self.at is not None:
            return [float(place) for place in self.at]
        return [float(self.every * n) for n in range(1, len(self.values) + 1)]

    def steps_to_target(self) -> float:
        """Return after how many steps the target was reached first; infinite if never."""
        assert self.target is not None
        for place, value in zip(self.places, self.values, strict=True):
            if value <= self.target if self.better == "smaller" else value >= self.target:
                return place
        return math.inf


@dataclass(frozen=True)
class Timing:
    """The time of a stretch of a run, warm-up left out.

    Args:
        seconds: by a `Stopwatch`, all steps together.
        steps: how many there were.
        items: what went through in all steps: examples, tokens, pairs.
        unit: what an item is, in the plural.
        flops: floating-point operations of one step, a multiply-add counted as two.
        bytes: what one step has to read and write at least, in bytes.
    """

    seconds: float
    steps: int
    items: float = 0.0
    unit: str = ""
    flops: float = 0.0
    bytes: float = 0.0

    @property
    def seconds_per_step(self) -> float:
        """Seconds of one step."""
        return self.seconds / self.steps


@dataclass(frozen=True)
class Trace:
    """The value that `run(solution, device, seed)` of a part returns."""

    metrics: Mapping[str, Metric] = field(default_factory=dict)
    curves: Mapping[str, Curve] = field(default_factory=dict)
    timings: Mapping[str, Timing] = field(default_factory=dict)

    def ends(self) -> dict[str, Metric]:
        """Return all metrics, those included that curves with a target give."""
        reached = {
            f"steps until {name} reaches {curve.target:g}": Metric(curve.steps_to_target())
            for name, curve in self.curves.items()
            if curve.target is not None
        }
        return {**self.metrics, **reached}
