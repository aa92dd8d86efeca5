"""A small reference run for the tiny course, recorded and compared."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.course import Course, load_course
from autograder.reference.released import write_released
from autograder.reference.runs import PartReport, Settings, compare, record

# Drawn numbers whose mean is 3: `mean` is the solution's own.
RUN = """
import numpy as np
from autograder.reference import Curve, Metric, Stopwatch, Timing, Trace

def guess(solution, device, seed):
    "From one number to forty."
    numbers = np.random.default_rng(seed).normal(size=40) + 3
    watch = Stopwatch(device)
    watch.start()
    found = [abs(float(solution.mean(numbers[:n])) - 3) for n in range(1, 41)]
    # What a busy machine takes for so little differs too much to be judged.
    timing = Timing(0.01 + 0 * watch.stop(), 40, 820, "numbers", flops=20.0)
    curve = Curve(found, target=1.5)
    return Trace({"gap": Metric(found[-1], floor=0.0)}, {"gap by n": curve}, {"mean": timing})

def twice(solution, device, seed):
    return Trace({"twice": Metric(float(solution.double(seed + 1.0)) / (seed + 1))})

PARTS = {"guess": guess, "twice": twice}
WRONG = {"guess": ["mean.sum"]}
CPU_ONLY = ("twice",)
"""


def write(course: Course, text: str) -> None:
    (course.solution_dir("tiny") / "reference_run.py").write_text(text)


def envelope(course: Course) -> Path:
    return course.solution_dir("tiny") / "reference" / "cpu.json"


def recorded(course: Course, **settings: object) -> list[PartReport]:
    return list(record(course, "tiny", Settings("cpu", **settings)))  # type: ignore[arg-type]


def compared(course: Course, *, wrong: bool = False, **settings: object) -> list[PartReport]:
    return list(compare(course, "tiny", Settings("cpu", **settings), wrong=wrong))  # type: ignore[arg-type]


def is_released(course: Course, name: str = "tiny") -> bool:
    """Return whether students get what is recorded now, whatever matplotlib drew it."""
    with TemporaryDirectory() as scratch:
        shutil.copy(course.root / "course.yml", scratch)
        again = load_course(Path(scratch))
        shutil.copytree(course.solution_dir(name), again.solution_dir(name))
        write_released(again, name)
        return _drawn_from(course.solution_dir(name)) == _drawn_from(again.solution_dir(name))


def _drawn_from(folder: Path) -> tuple[str, list[str]]:
    """The curves as data, and the stamp of the page."""
    texts = [
        path.read_text() if path.exists() else ""
        for path in (folder / "data/curves.json", folder / "data/curves.html")
    ]
    return texts[0], re.findall(r"<!-- of the runs .*? -->", texts[1])
