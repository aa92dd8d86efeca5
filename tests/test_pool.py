"""What runs beside the marking, and what marking costs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from submissions import RIGHT, answered

from autograder.course import Course
from autograder.grading.command import Command, Ended
from autograder.grading.marker import CpuClock, Marked
from autograder.grading.pool import Job, mark_all, work_through
from autograder.proof import nbval
from autograder.proof.nbval import nbval_command, nbval_complaints


def ran(course: Course, *words: str, seconds: float = 60.0) -> Ended:
    """Run a command with nothing to mark beside it, and return how it ended."""
    command = Command(words, course.root, os.environ, seconds)
    ((done, ended),) = work_through(course, {}, [command], processes=1)
    assert done is command
    assert isinstance(ended, Ended)
    return ended


def test_a_command_runs_in_its_folder_and_its_words_are_kept(tiny_course: Course) -> None:
    look = "print(pathlib.Path('course.yml').exists(), flush=True)"
    script = f"import pathlib, sys; {look}; sys.exit('no')"
    ended = ran(tiny_course, sys.executable, "-c", script)
    assert ended.status == 1
    assert ended.output.split() == ["True", "no"]


def test_a_command_that_never_ends_is_ended(tiny_course: Course) -> None:
    ended = ran(tiny_course, sys.executable, "-c", "while True: pass", seconds=0.5)
    assert ended.status is None
    assert ended.output == "it took longer than 0.5 s"


def test_a_command_that_does_not_exist_says_so(tiny_course: Course) -> None:
    ended = ran(tiny_course, "no-such-program")
    assert ended.status is None
    assert "no-such-program" in ended.output


def test_the_clock_counts_what_processes_below_have_started_and_waited_for() -> None:
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    script = (
        f"import subprocess, sys\ninput()\nsubprocess.run([sys.executable, '-c', '''{burn}'''])"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script + "\nprint('done', flush=True)\ninput()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    clock = CpuClock()
    before = clock.seconds()
    child.stdin.write("\n")
    child.stdin.flush()
    assert child.stdout.readline() == "done\n"
    after = clock.seconds()
    child.communicate("\n")
    assert before is not None
    assert after is not None
    assert after - before >= 0.25


def test_what_a_session_burns_is_part_of_what_marking_took(tiny_course: Course) -> None:
    burn = "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass\n"
    notebook = answered(tiny_course, double=burn + RIGHT["double"], mean=RIGHT["mean"])
    ((_, marked),) = mark_all(tiny_course, "tiny", [Job("ada", notebook)], processes=1)
    assert isinstance(marked, Marked)
    assert marked.cpu_seconds is not None
    assert marked.cpu_seconds >= 0.75  # once to be seen, once for the hidden checks


def test_without_nbval_the_way_to_get_it_is_said(
    tiny_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nbval, "find_spec", lambda name: None)
    said = nbval_command(tiny_course, "tiny", tmp_path)
    assert isinstance(said, str)
    assert "pip install 'deep-learning-autograder[instructor]'" in said


def test_a_run_of_nbval_that_ends_half_way_is_no_proof(tiny_course: Course, tmp_path: Path) -> None:
    command = nbval_command(tiny_course, "tiny", tmp_path)
    assert isinstance(command, Command)
    assert nbval_complaints(command, Ended(None, "it took longer than 600 s", 600.0)) == [
        "nbval did not finish: it took longer than 600 s"
    ]
