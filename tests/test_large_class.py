"""A class of which one in ten crashes, hangs, bombs or attacks: the others do not notice.

    pytest tests/test_large_class.py -m ci --class-size 1000

is the proof in full, some minutes; without the option a small class stands for it.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from arena import Arena
from catalogue import attacks
from submissions import RIGHT, answered, hand_in, with_cell
from tiny import with_limits

from autograder.course import Course

pytestmark = pytest.mark.ci

# What every class has, before the attacks of the catalogue take their turn.
ACCIDENTS = (
    "import os\nos._exit(1)",
    "while True:\n    pass",
    "block = []\nwhile True:\n    block.append(bytearray(64_000_000))",
)
HONEST = (
    RIGHT,
    {"double": RIGHT["double"], "mean": "def mean(x):\n    return sum(x)"},
    {},
    {"double": "def double(x):\n    return undefined", "mean": RIGHT["mean"]},
)
# A grader that kept something of each of 1,000 submissions would grow by far more.
_MAY_GROW_MB = 24


@pytest.fixture(scope="module")
def size(request: pytest.FixtureRequest) -> int:
    """The number of students."""
    return int(request.config.getoption("--class-size"))


@pytest.fixture(scope="module")
def make_course(make_tiny_course: Callable[[], Course]) -> Callable[[], Course]:
    def make() -> Course:
        course = make_tiny_course()
        checks = course.solution_dir("tiny") / "hidden_checks.py"
        # A grader imports torch when a student first answers with a tensor, which is 180 MiB.
        checks.write_text(
            checks.read_text().replace("import numpy", "import torch\nimport numpy", 1)
        )
        return with_limits(
            course,
            cell_seconds=2, check_seconds=2, submission_seconds=20,
            memory_mb=512, processes=32, output_kb=128, wire_mb=16, files_mb=16,
        )  # fmt: skip

    return make


def hand_in_honest(course: Course, number: int) -> None:
    hand_in(course, f"student-{number:04}", answered(course, **HONEST[number % len(HONEST)]))


def hand_in_hostile(course: Course, numbers: range) -> None:
    """Hand in, one after the other, an accident or an attack for each of `numbers`."""
    right = answered(course, **RIGHT)
    files = [json.dumps(with_cell(right, cell, before="check-mean")).encode() for cell in ACCIDENTS]
    known = [attack for attack in attacks() if "student" not in attack.fields]
    # Some of every group, however few there are.
    chosen = known[:: max(1, len(known) // len(numbers))]
    arena = Arena(course, "auto")
    try:
        files += [arena.submission(attack)[1] for attack in chosen]
    finally:
        arena.close()
    for place, number in enumerate(numbers):
        hand_in(course, f"student-{number:04}", files[place % len(files)])


class Memory(threading.Thread):
    """Looks, some times a second, at the memory of a command and its grader processes."""

    def __init__(self, process: subprocess.Popen[str], course: Course) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(process.pid)
        self._reports = course.reports_dir / "tiny"
        # For every process, how many reports there were and its size then.
        self.seen: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def run(self) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            while self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE:
                done = len(list(self._reports.glob("*.json")))
                for process in (self._process, *self._process.children()):
                    with contextlib.suppress(psutil.NoSuchProcess):
                        self.seen[process.pid].append((done, process.memory_info().rss))
                time.sleep(0.1)

    def growth_mb(self, size: int) -> list[float]:
        """Return how many MiB each process grew from the second to the last quarter of the class.

        What counts is the least in each: a large answer is held while it is compared.
        """
        growth = []
        for seen in self.seen.values():
            early = [rss for done, rss in seen if size // 4 <= done < size // 2]
            late = [rss for done, rss in seen if 3 * size // 4 <= done]
            if early and late:
                growth.append((min(late) - min(early)) / 2**20)
        return growth


def mark(course: Course) -> Memory:
    """Mark everything as an instructor does, and say how much memory that took."""
    command = [str(Path(sys.executable).with_name("autograder")), "grade", "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=course.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    memory = Memory(process, course)
    memory.start()
    told, _ = process.communicate()
    assert process.returncode == 0, told[-3000:]
    memory.join()
    return memory


def timeless(course: Course) -> dict[str, bytes]:
    """Every report, but for its times, and every marked notebook, byte for byte, by student."""
    found = {}
    for path in sorted(course.reports_dir.rglob("*.json")):
        text = re.sub(rb'"seconds": [\d.e-]+', b"", path.read_bytes())
        found[path.stem] = text
    for path in sorted(course.autograded_dir.rglob("*.ipynb")):
        found[path.parts[-3]] += path.read_bytes()
    return found


def test_one_in_ten_is_hostile_and_the_others_do_not_notice(
    size: int, make_course: Callable[[], Course]
) -> None:
    hostile = range(0, size, 10)
    honest = sorted(set(range(size)) - set(hostile))
    clean, mixed = make_course(), make_course()
    for number in honest:
        hand_in_honest(clean, number)
        hand_in_honest(mixed, number)
    # By name they are spread over the class, and are marked in that order.
    hand_in_hostile(mixed, hostile)
    mark(clean)
    memory = mark(mixed)
    expected, found = timeless(clean), timeless(mixed)
    assert len(found) == size
    assert len(expected) == len(honest)
    assert {student: found[student] for student in expected} == expected
    growth = memory.growth_mb(size)
    assert len(growth) >= 3, "the command and its two graders were not all measured"
    assert max(growth) < _MAY_GROW_MB, growth
    print(f"{size} marked, {len(hostile)} hostile; grown by {max(growth):.1f} MiB at most")
