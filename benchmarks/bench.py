"""The benchmark: the same notebooks through every grader, in turns, several times."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rich.progress import Progress

from autograder.cli.machine import version_of
from autograder.course import Course
from autograder.errors import AutograderError
from benchmarks.figures import Run, compare, overhead, ratios, summary
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

    @property
    def processes(self) -> int:
        """Grader processes of ours: a class with fewer is another line, not a point on it."""
        return min(self.jobs, self.small)

    def sizes(self, grader: str, workload: str) -> list[int]:
        """Return the sizes of class that a grader marks."""
        if grader == OTTER:
            return [min(self.small, _OTTER_STUDENTS)] if workload == TORCH_21 and self.otter else []
        if grader == CELLS and workload != TORCH_21:
            return []  # there the work of the checks, which no notebook has, is most of it
        extra = self.class_size if grader in (OURS, CELLS) and workload == TORCH_21 else 0
        return sorted({self.small, self.large, extra or self.large})

    def steps(self, workload: str) -> int:
        """Return how many runs a workload takes."""
        graders = (OURS, STOCK, CELLS, OTTER)
        return self.repeats * sum(len(self.sizes(grader, workload)) for grader in graders)


def run_bench(
    benchmark: Benchmark,
    course: Course | None,
    bar: Progress,
    keep: Path | None = None,
) -> dict[str, Any]:
    """Measure all that `benchmark` names; return the figures, ready to become JSON.

    Without a `course` the second workload is left out. `bar` gets a task for each workload, which
    advances with each run. `keep` is a folder to work in that stays. Raises AutograderError where
    a grader marks nobody or cannot be set up, or where `keep` is not empty.
    """
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        if any(keep.iterdir()):
            raise AutograderError(f"--keep {keep}: choose a folder that is new or empty")
    make: dict[str, Callable[[Path, int], Workload]] = {TORCH_21: torch_21}
    if course is not None:
        make[BACKPROP] = partial(backprop, course)
    measured = []
    temporary = tempfile.TemporaryDirectory(prefix="autograder-bench-") if keep is None else None
    with temporary or nullcontext(str(keep)) as place:
        for name, made in make.items():
            task = bar.add_task(name, total=benchmark.steps(name))
            advance = partial(bar.advance, task)
            folder = Path(place).resolve() / name
            measured.append(_measure(benchmark, made(folder, benchmark.small), folder, advance))
    levels = {level for each in measured for level in each.pop("sandbox")}
    return {
        "schema": SCHEMA,
        "machine": _machine(benchmark),
        "sandbox": "/".join(sorted(levels)),
        "repeats": benchmark.repeats,
        "jobs": benchmark.processes,
        "workloads": measured,
    }


def _measure(
    benchmark: Benchmark, workload: Workload, folder: Path, on_run: Callable[[], None]
) -> dict[str, Any]:
    """Run every grader on every size of class, in turns, and put the figures together."""
    marks = _graders(benchmark, workload, folder)
    sizes = {grader: benchmark.sizes(grader, workload.name) for grader in marks}
    others = [grader for grader in marks if grader not in (OURS, CELLS)]
    runs: dict[str, list[Run]] = {grader: [] for grader in marks}
    last: dict[tuple[str, int], MarkedClass] = {}
    for repeat in range(1, benchmark.repeats + 1):
        # The graders take turns, so that whatever else the machine does hits all of them.
        for size in sorted(set().union(*sizes.values())):
            for grader in [grader for grader in marks if size in sizes[grader]]:
                run_folder = folder / f"{grader}-{size}-{repeat}"
                run_folder.mkdir()
                marked = marks[grader](workload.students(size), run_folder)
                shutil.rmtree(run_folder)
                runs[grader].append(Run(repeat, size, len(marked.scores), marked.usage))
                last[grader, size] = marked
                on_run()
    ours = last[OURS, sizes[OURS][-1]]
    scores = {}
    for grader in others:
        # Students of one name have handed in the same in every class.
        students = workload.students(sizes[grader][-1])
        mine = {student: ours.scores[student] for student in students if student in ours.scores}
        theirs = last[grader, len(students)].scores
        scores[grader] = compare(mine, ours.public, theirs, grader)
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
        "scores": scores,
        "sandbox": sorted({marked.sandbox for marked in last.values() if marked.sandbox}),
    }


def _graders(benchmark: Benchmark, workload: Workload, folder: Path) -> dict[str, _Mark]:
    """Return the graders of a workload, ready to mark a class in a folder."""
    marks: dict[str, _Mark] = {
        OURS: partial(mark_ours, workload, benchmark.processes, benchmark.sandbox),
        STOCK: partial(mark_stock, workload),
    }
    if benchmark.sizes(CELLS, workload.name):
        marks[CELLS] = run_cells
    if benchmark.otter is not None and benchmark.sizes(OTTER, workload.name):
        autograder = make_autograder(benchmark.otter, folder / OTTER)
        marks[OTTER] = partial(mark_otter, benchmark.otter, autograder)
    return marks


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
