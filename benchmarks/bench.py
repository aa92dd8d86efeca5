"""The benchmark: the same notebooks through every grader, in turns, several times."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.cli.machine import version_of
from autograder.course import Course
from autograder.errors import AutograderError
from benchmarks.compare import compare
from benchmarks.figures import Run, overhead, ratios, summary
from benchmarks.graders import CELLS, OURS, STOCK, MarkedClass, mark_ours, mark_stock, run_cells
from benchmarks.otter import OTTER, make_autograder, mark_otter, otter_version
from benchmarks.torch21 import NAME as TORCH_21
from benchmarks.workloads import BACKPROP, Workload, backprop, torch_21

SCHEMA = 1
_LIBRARIES = ("deep-learning-autograder", "nbgrader", "nbclient", "ipykernel", "torch", "numpy")
# Otter takes one command, and several seconds, for each notebook.
_OTTER_STUDENTS = 3

# How to mark a class in a scratch folder.
_Mark = Callable[[dict[str, bytes], Path], MarkedClass]


@dataclass(frozen=True)
class Benchmark:
    """A benchmark: every grader marks two sizes of class, and we a large one as well.

    `class_size` is that large class, for the first workload; 0 leaves it out. `otter` is the
    path of the command, None where there is none.
    """

    small: int = 8
    large: int = 24
    class_size: int = 200
    repeats: int = 3
    jobs: int = 1
    sandbox: str = "auto"
    otter: str | None = None
    with_backprop: bool = True

    @classmethod
    def quick(cls, jobs: int, sandbox: str) -> Benchmark:
        """Return the smallest that has every figure: to see that it works, not how fast."""
        return cls(1, 2, 0, 1, jobs, sandbox, with_backprop=False)

    def __post_init__(self) -> None:
        # A smaller class would have fewer grader processes: another line, not a point on it.
        object.__setattr__(self, "jobs", min(self.jobs, self.small))

    def sizes(self, grader: str, workload: str) -> list[int]:
        """Return the sizes of class that a grader marks."""
        if grader == OTTER:
            return [min(self.small, _OTTER_STUDENTS)] if workload == TORCH_21 and self.otter else []
        if grader == CELLS and workload != TORCH_21:
            return []  # there the work of the checks, which no notebook has, is most of it
        extra = [self.class_size] if grader in (OURS, CELLS) and workload == TORCH_21 else []
        return sorted({self.small, self.large, *filter(None, extra)})

    def steps(self, workload: str) -> int:
        """Return how many runs a workload takes."""
        return self.repeats * sum(
            len(self.sizes(name, workload)) for name in (OURS, STOCK, CELLS, OTTER)
        )


def run_bench(
    benchmark: Benchmark,
    course: Course | None,
    on_start: Callable[[str, int], None],
    on_run: Callable[[], None],
    keep: Path | None = None,
) -> dict[str, Any]:
    """Measure all that `benchmark` names; return the figures, ready to become JSON.

    Without a `course` the second workload is left out. `on_start` is called with a workload's
    name and how many runs it will take, `on_run` after each run. `keep` is a folder to work in
    that stays. Raises AutograderError where a grader marks nobody or cannot be set up, or where
    `keep` is not empty.
    """
    with _scratch(keep) as folder:
        measured = []
        for name, make in _workloads(benchmark, course, folder):
            on_start(name, benchmark.steps(name))
            workload = make()
            measured.append(_measure(benchmark, workload, folder / name, on_run))
    levels = {level for each in measured for level in each.pop("sandbox")}
    return {
        "schema": SCHEMA,
        "machine": _machine(benchmark),
        "sandbox": "/".join(sorted(levels)),
        "repeats": benchmark.repeats,
        "jobs": benchmark.jobs,
        "workloads": measured,
    }


def _workloads(
    benchmark: Benchmark, course: Course | None, folder: Path
) -> Iterator[tuple[str, Callable[[], Workload]]]:
    yield TORCH_21, lambda: torch_21(folder / TORCH_21, benchmark.small)
    if course is not None and benchmark.with_backprop:
        yield BACKPROP, lambda: backprop(course, folder / BACKPROP, benchmark.small)


def _measure(
    benchmark: Benchmark, workload: Workload, folder: Path, on_run: Callable[[], None]
) -> dict[str, Any]:
    """Run every grader on every size of class, in turns, and put the figures together."""
    marks = _graders(benchmark, workload, folder)
    others = [grader for grader in marks if grader not in (OURS, CELLS)]
    runs: dict[str, list[Run]] = {grader: [] for grader in marks}
    last: dict[tuple[str, int], MarkedClass] = {}
    sizes = sorted({size for grader in marks for size in benchmark.sizes(grader, workload.name)})
    for repeat in range(1, benchmark.repeats + 1):
        # The graders take turns, so that whatever else the machine does hits all of them.
        for size in sizes:
            for grader, mark in marks.items():
                if size in benchmark.sizes(grader, workload.name):
                    run_folder = folder / f"{grader}-{size}-{repeat}"
                    run_folder.mkdir()
                    marked = mark(workload.students(size), run_folder)
                    shutil.rmtree(run_folder)
                    runs[grader].append(Run(grader, repeat, size, len(marked.scores), marked.usage))
                    last[grader, size] = marked
                    on_run()
    return {
        "name": workload.name,
        "description": workload.description,
        "notes": list(workload.notes),
        "graders": {
            grader: {"runs": [run.to_dict() for run in runs[grader]], **summary(runs[grader])}
            for grader in marks
        },
        "overhead": overhead(runs[OURS], runs[CELLS]) if CELLS in marks else None,
        "ratios": {grader: ratios(runs[OURS], runs[grader]) for grader in others},
        "scores": {grader: _scores(benchmark, workload, last, grader) for grader in others},
        "sandbox": sorted({marked.sandbox for marked in last.values() if marked.sandbox}),
    }


def _graders(benchmark: Benchmark, workload: Workload, folder: Path) -> dict[str, _Mark]:
    """Return the graders of a workload, ready to mark a class in a folder."""
    marks: dict[str, _Mark] = {
        OURS: lambda notebooks, place: mark_ours(
            workload, notebooks, place, benchmark.jobs, benchmark.sandbox
        ),
        STOCK: lambda notebooks, place: mark_stock(workload, notebooks, place),
    }
    if benchmark.sizes(CELLS, workload.name):
        marks[CELLS] = run_cells
    command = benchmark.otter
    if command is not None and benchmark.sizes(OTTER, workload.name):
        autograder = make_autograder(command, folder / OTTER)
        marks[OTTER] = lambda notebooks, place: mark_otter(command, autograder, notebooks, place)
    return marks


def _scores(
    benchmark: Benchmark, workload: Workload, last: dict[tuple[str, int], MarkedClass], grader: str
) -> dict[str, Any]:
    """Our scores beside another grader's, of the largest class that it marked.

    A student of one name has handed in the same in every class.
    """
    size = benchmark.sizes(grader, workload.name)[-1]
    theirs = last[grader, size]
    ours = last[OURS, benchmark.sizes(OURS, workload.name)[-1]]
    students = workload.students(size)
    mine, public = (
        {student: scores[student] for student in students if student in scores}
        for scores in (ours.scores, ours.public)
    )
    return asdict(compare(mine, public, theirs.scores, grader))


def _machine(benchmark: Benchmark) -> dict[str, Any]:
    """Return the kind of machine and the versions; nothing that names a machine or a place."""
    versions = {name: version_of(name) for name in _LIBRARIES}
    if benchmark.otter is not None:
        versions["otter-grader"] = otter_version(benchmark.otter)
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return {
        "cores": cores,
        "processor": platform.machine(),
        "system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "python": platform.python_version(),
        "versions": versions,
    }


@contextmanager
def _scratch(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        if any(keep.iterdir()):
            raise AutograderError(f"--keep {keep}: choose a folder that is new or empty")
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as name:
        yield Path(name).resolve()
