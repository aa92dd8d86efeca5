"""Compare runs with those that were recorded: statistics over seeds, never one golden loss.

Metrics are judged as `checks.convergence` judges a student's training: run after run, with a
chance below `FALSE_ALARM` that a right solution leaves the envelope of a metric. Beside that
every run has to reach what is `required`, which is a promise and no statistic: it has no rate.
"""

from __future__ import annotations

import math
from pathlib import Path
from statistics import median
from typing import Any

from autograder.checks import convergence
from autograder.checks.author.convergence import Envelope
from autograder.reference.recorded import reaches, timing_figures
from autograder.reference.trace import Metric
from autograder.reference.work import Outcome

SLOWER = 3.0
"""A time has left its envelope where its ratio is this many times the recorded median."""


class Judge:
    """Looks at the runs of one part as they come in, and says what speaks against them.

    `part` is what the file of recorded runs, `path`, holds of it. At most `most` runs are made;
    None lets each metric have as many as its test needs.
    """

    def __init__(self, path: Path, part: dict[str, Any], most: int | None = None) -> None:
        self._part = part
        self._most = most
        self._envelopes = {name: convergence.read(path, name) for name in part["metrics"]}
        self._runs: list[Outcome] = []
        self._outside = dict.fromkeys(part["metrics"], 0)
        self._verdicts: dict[str, convergence.Verdict | None] = dict.fromkeys(part["metrics"])
        self._broken: list[str] = []

    @property
    def runs(self) -> int:
        """How many runs were looked at."""
        return len(self._runs)

    def decided(self) -> bool:
        """Return whether another run can change nothing."""
        if not self.runs:  # a part without metrics is run once, for its times
            return False
        return bool(self._broken) or self.runs >= self.most or not self.undecided

    @property
    def undecided(self) -> list[str]:
        """The metrics of which more runs are needed to know."""
        return [name for name, verdict in self._verdicts.items() if verdict is None]

    @property
    def most(self) -> int:
        """How many runs are made at most."""
        needed = max((convergence.plan(each).most for each in self._envelopes.values()), default=1)
        return needed if self._most is None else min(self._most, needed)

    def add(self, outcome: Outcome) -> None:
        """Look at the next run."""
        self._runs.append(outcome)
        seed = f"seed {outcome.order.seed}"
        if outcome.trace is None:
            self._broken.append(f"{seed} failed: {outcome.error}")
            return
        ends = outcome.trace.ends()
        for name in [name for name in ends if name not in self._envelopes]:
            self._broken.append(f"{name} is not recorded: `autograder reference --update`")
        for name, envelope in self._envelopes.items():
            if name in ends:
                self._look(name, envelope, ends[name], seed)
            else:
                self._broken.append(f"{seed} has no {name}, which is recorded")

    def complaints(self) -> list[str]:
        """Return what speaks against them, a sentence each."""
        found = list(dict.fromkeys(self._broken))
        for name, envelope in self._envelopes.items():
            if self._verdicts[name] == "wrong":
                better = "smaller" if envelope.better == "larger" else "larger"
                found.append(
                    f"{name}: {self._outside[name]} of {self.runs} runs ended outside: {better} "
                    f"than {envelope.bound:g}, which recorded runs reach, or beyond the floor"
                )
        return found + self._slow()

    def _look(self, name: str, envelope: Envelope, metric: Metric, seed: str) -> None:
        if not reaches(metric):
            self._broken.append(
                f"{name}: {seed} ended at {metric.value:g}, and {metric.required:g} is required"
            )
        value = metric.value if metric.end is not None else math.nan
        self._outside[name] += convergence.place(value, envelope) != "inside"
        if self._verdicts[name] is None:
            self._verdicts[name] = convergence.plan(envelope).verdict(
                self.runs, self._outside[name]
            )

    def _slow(self) -> list[str]:
        found = []
        for name, recorded in self._part["timings"].items():
            ratios = timing_figures(self._runs, name)["ratio"]
            if ratios:
                now, before = median(ratios), median(recorded["ratio"])
                if now > SLOWER * before:
                    found.append(
                        f"{name}: a step takes {now:.3g} times the calibration, recorded runs "
                        f"took {before:.3g}"
                    )
            elif any(run.order.timed and run.trace for run in self._runs):
                found.append(f"{name}: this is recorded, and was not timed now")
        return found
