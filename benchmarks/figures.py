"""From single runs to figures: per notebook, per further notebook, and how many times less."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from statistics import median
from typing import Any, Literal

from benchmarks.usage import Usage

Kind = Literal["cpu_seconds", "wall_seconds"]
KINDS: tuple[Kind, Kind] = ("cpu_seconds", "wall_seconds")
Spread = dict[str, float]


@dataclass(frozen=True)
class Run:
    """One class marked once by one grader; `marked` is for how many it found a score."""

    grader: str
    repeat: int
    notebooks: int
    marked: int
    usage: Usage

    def seconds(self, kind: Kind) -> float:
        """CPU or wall-clock seconds of the whole run."""
        return self.usage.cpu_seconds if kind == "cpu_seconds" else self.usage.wall_seconds

    def to_dict(self) -> dict[str, Any]:
        """Return the raw figures."""
        about = {"repeat": self.repeat, "notebooks": self.notebooks, "marked": self.marked}
        return {**about, "cpu_seconds": self.usage.cpu_seconds, **asdict(self.usage)}


def spread(values: Iterable[float]) -> Spread | None:
    """Smallest, middle and largest of the values; None where there are none."""
    numbers = list(values)
    if not numbers:
        return None
    return {"min": min(numbers), "median": median(numbers), "max": max(numbers)}


def sizes(runs: Sequence[Run]) -> list[int]:
    """Return the sizes of the classes that were marked."""
    return sorted({run.notebooks for run in runs})


def _spreads(values: Callable[[Kind], Iterable[float]]) -> dict[str, Spread | None]:
    return {kind: spread(values(kind)) for kind in KINDS}


def summary(runs: Sequence[Run]) -> dict[str, Any]:
    """Return one grader's figures.

    `per_notebook` is the whole run divided by the notebooks, for each size of a class.
    `marginal` is what a further notebook costs and `fixed` what remains for none: the line
    through the smallest and the largest class of each repeat.
    """

    def each(size: int) -> dict[str, Spread | None]:
        some = [run for run in runs if run.notebooks == size]
        return _spreads(lambda kind: (run.seconds(kind) / size for run in some))

    repeats = _repeats(runs)
    return {
        "per_notebook": [{"notebooks": size, **each(size)} for size in sizes(runs)],
        "marginal": _spreads(lambda kind: (_line(repeat, kind)[1] for repeat in repeats)),
        "fixed": _spreads(lambda kind: (_line(repeat, kind)[0] for repeat in repeats)),
    }


def overhead(ours: Sequence[Run], cells: Sequence[Run]) -> Spread | None:
    """CPU seconds of ours for a further notebook beyond those of its cells, within one repeat."""
    pairs = zip(_repeats(ours), _repeats(cells), strict=True)
    kind: Kind = "cpu_seconds"
    return spread(_line(us, kind)[1] - _line(them, kind)[1] for us, them in pairs)


def ratios(ours: Sequence[Run], theirs: Sequence[Run]) -> dict[str, Any]:
    """Return how many times as much the other grader uses; each ratio within one repeat.

    `per_notebook` compares classes of one size, both measured. `class` compares our largest
    class as measured with the other's line (fixed + notebooks × marginal) at that size.
    """
    pairs = list(zip(_repeats(ours), _repeats(theirs), strict=True))
    common = [size for size in sizes(ours) if size in sizes(theirs)]
    largest = sizes(ours)[-1]

    def measured(size: int, kind: Kind) -> Iterator[float]:
        return (_at(them, size).seconds(kind) / _at(us, size).seconds(kind) for us, them in pairs)

    def predicted(kind: Kind) -> Iterator[float]:
        for us, them in pairs:
            fixed, each = _line(them, kind)
            yield (fixed + largest * each) / _at(us, largest).seconds(kind)

    def marginal(kind: Kind) -> Iterator[float]:
        lines = ((_line(us, kind)[1], _line(them, kind)[1]) for us, them in pairs)
        return (theirs / ours for ours, theirs in lines if ours > 0)

    return {
        "per_notebook": [
            {"notebooks": size, **_spreads(partial(measured, size))} for size in common
        ],
        "marginal": _spreads(marginal),
        "class": {
            "notebooks": largest,
            "extrapolated": largest not in common,
            **_spreads(predicted),
        },
    }


def _repeats(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs of each repeat."""
    numbers = sorted({run.repeat for run in runs})
    return [[run for run in runs if run.repeat == number] for number in numbers]


def _at(repeat: Sequence[Run], size: int) -> Run:
    return next(run for run in repeat if run.notebooks == size)


def _line(repeat: Sequence[Run], kind: Kind) -> tuple[float, float]:
    """Return what no notebook and what each further one costs, within one repeat.

    A grader that was run on one size of class starts anew for each notebook: all is marginal.
    """
    small = min(repeat, key=lambda run: run.notebooks)
    large = max(repeat, key=lambda run: run.notebooks)
    if small is large:
        return 0.0, large.seconds(kind) / large.notebooks
    each = (large.seconds(kind) - small.seconds(kind)) / (large.notebooks - small.notebooks)
    return small.seconds(kind) - small.notebooks * each, each
