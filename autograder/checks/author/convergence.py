"""Training judged by several seeds against recorded runs: one seed never decides.

    ENVELOPE = convergence.read(Path(__file__).parent / "reference" / "cpu.json")

    @task("train")
    def test_training_converges(student):
        \"\"\"`train` ends with a loss that right solutions reach.\"\"\"
        convergence.check(lambda seed: student.train(seed=seed)["loss"], ENVELOPE)

A right solution fails with a chance below `FALSE_ALARM`, 9 in 100,000, counted over the
drawing of the recorded runs and of the student's. Nothing is assumed of the distribution, only
that a right solution's runs are drawn from the same one as the recorded runs, or from a better
one: `train(seed)` must take all its random numbers from `seed`. How it is done:

1. The bound is the worst of the n recorded runs, or the b-th worst where there are many. The
   chance p that a new run lies beyond it is then Beta(b, n + 1 - b), whatever the distribution
   (Wilks 1941, Annals of Mathematical Statistics 12, 91-96), so that of t right runs the given
   s lie beyond it with the probability of Pólya's urn,
   P = B(b + s, n + 1 - b + t - s) / B(b, n + 1 - b).
2. A wrong solution lies beyond it always, or in some share q ≥ 1/2 of its runs, each as likely:
   Q = [s = t] / 2 + ∫ q^s (1-q)^(t-s) dq over [1/2, 1].
3. After each run the evidence is Q / P (Wald 1945, Annals of Mathematical Statistics 16,
   117-186). For a right solution it ever reaches 1/α with probability at most α (Ville 1939,
   Étude critique de la notion de collectif). It fails there, and passes where the evidence has
   fallen to 1 percent, or when the runs are used up without a decision.

With 20 recorded runs that takes 4 runs of a right solution that stays inside, 5 of a wrong one
that never does, and 20 at most. Record at least 20; with 5, a wrong one takes 16 runs.
The tests compute the chance exactly. The envelope is drawn once and judges a whole class: its own
share p can be unlucky, but the chance is below 1 in 1,000 that it fails more than 1 right
solution in 100.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Literal

import numpy as np

from autograder.checks.author.envelope import Envelope, read
from autograder.checks.author.values import answer_array, show_number, wide
from autograder.checks.results import CheckFailed

__all__ = ["FALSE_ALARM", "Envelope", "Plan", "check", "plan", "read"]

FALSE_ALARM = Fraction(9, 100_000)
"""The chance of failing a right solution is below this, the α above."""
MISS = Fraction(1, 100)
"""A solution passes where its evidence has fallen to this."""

# The same seed on another machine gives the same run but for its last digits.
_ROUNDING = 1e-6

Verdict = Literal["right", "wrong"]
Where = Literal["inside", "beyond", "below the floor", "not finite"]


@dataclass(frozen=True)
class Plan:
    """A rule to stop by: `recorded` runs, `beyond` of them at or beyond the bound, `most` to make.

    All numbers are computed in fractions, so that they are exact.
    """

    recorded: int
    beyond: int
    most: int

    def evidence(self, runs: int, outside: int) -> Fraction:
        """Return Q / P for `outside` of `runs` runs, in whatever order."""
        n, b, inside = self.recorded, self.beyond, runs - outside
        right = _beta(b + outside, n + 1 - b + inside) / _beta(b, n + 1 - b)
        return (Fraction(outside == runs, 2) + _upper_half(outside, inside)) / right

    def verdict(self, runs: int, outside: int) -> Verdict | None:
        """Return what is decided after `runs` runs, None where more are needed."""
        evidence = self.evidence(runs, outside)
        if runs > 1 and evidence * FALSE_ALARM >= 1:
            return "wrong"
        return "right" if (runs > 1 and evidence <= MISS) or runs >= self.most else None


def plan(envelope: Envelope) -> Plan:
    """Return the test for an envelope, of four times the runs that the surest verdict needs."""
    recorded, beyond = len(envelope.values), envelope.beyond
    return Plan(recorded, beyond, 4 * _needed(recorded, beyond))


def check(train: Callable[[int], Any], envelope: Envelope, *, name: str = "the training") -> None:
    """Require that runs of `train(seed)` end inside the envelope, or raise CheckFailed.

    `train` returns the envelope's metric at the end of a run, or its course as a sequence of
    which the last counts. NaN and infinite values are outside. The seeds are 0, 1, 2, … as many
    as `plan` says; a run is made only while it can change the verdict. What `train` raises is
    not caught. A value that is no number fails at once.
    """
    test = plan(envelope)
    values: list[float] = []
    outside = 0
    for seed in range(test.most):
        values.append(_last(train(seed), name))
        outside += place(values[-1], envelope) != "inside"
        verdict = test.verdict(len(values), outside)
        if verdict == "wrong":
            raise _failure(values, envelope, name)
        if verdict == "right":
            return


def place(value: float, envelope: Envelope) -> Where:
    """Return where a run's value lies; a last digit beyond the bound is still inside."""
    if not math.isfinite(value):
        return "not finite"
    sign = -1 if envelope.better == "larger" else 1
    bound, floor = envelope.bound, envelope.floor
    if sign * (value - bound) > _ROUNDING * abs(bound):
        return "beyond"
    if floor is not None and sign * (floor - value) > _ROUNDING * abs(floor):
        return "below the floor"
    return "inside"


def _failure(values: list[float], envelope: Envelope, name: str) -> CheckFailed:
    places = [place(value, envelope) for value in values]
    outside = [where for where in places if where != "inside"]
    commonest = max(dict.fromkeys(outside), key=outside.count)
    metric, better = envelope.metric, envelope.better
    worse, beyond_floor = ("larger", "below") if better == "smaller" else ("smaller", "above")
    said: dict[Where, tuple[str, str]] = {
        "beyond": (f"with a {worse} {metric} than right solutions have", "convergence"),
        "not finite": (f"with a {metric} that is not a finite number", "nan"),
        "below the floor": (
            f"with a {metric} {beyond_floor} what is possible: "
            "does the model see what it has to predict?",
            "too-good",
        ),
    }
    text, misconception = said[commonest]
    headline = f"{len(outside)} of {len(values)} runs of {name} ended {text}"
    if len(set(values)) == 1 and commonest != "not finite":
        headline += "; all runs gave the very same value: is the seed used?"
        misconception = "seed"
    limit = "or less" if better == "smaller" else "or more"
    detail = f"right solutions end at {show_number(envelope.bound)} {limit}; seed by seed: "
    detail += ", ".join(f"{seed}: {show_number(value)}" for seed, value in enumerate(values))
    return CheckFailed(headline, detail=detail, misconception=misconception)


def _last(answer: Any, name: str) -> float:
    """Return what a run ended with, or raise CheckFailed where that is no number."""
    array = wide(answer_array(answer, np.zeros(()), name=f"what {name} returns"))
    if array.ndim > 1 or array.size == 0:
        raise CheckFailed(
            f"what {name} returns has shape {array.shape}, expected a number or a sequence of them",
            misconception="shape",
        )
    return float(array.reshape(-1)[-1])


@cache
def _needed(recorded: int, beyond: int) -> int:
    """Return after how many runs a solution fails that is always outside."""
    runs = 2
    while Plan(recorded, beyond, runs + 1).verdict(runs, runs) != "wrong":
        runs += 1
    return runs


def _beta(a: int, b: int) -> Fraction:
    """Return Euler's beta function of whole numbers."""
    return Fraction(math.factorial(a - 1) * math.factorial(b - 1), math.factorial(a + b - 1))


def _upper_half(s: int, f: int) -> Fraction:
    """Return ∫ q^s (1-q)^f dq over [1/2, 1]: a beta function times a binomial tail."""
    n = s + f + 1
    tail = Fraction(sum(math.comb(n, k) for k in range(f + 1, n + 1)), 2**n)
    return _beta(s + 1, f + 1) * tail
