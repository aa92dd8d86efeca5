"""What runs beside the marking, and what marking costs."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from submissions import RIGHT, answered

from autograder.course import Course
from autograder.grading.clock import CpuClock
from autograder.grading.command import Command, Ended
from autograder.grading.marker import Marked
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


def kill_a_session(killed: list[int]) -> None:
    """Kill the first session that runs below this process, as the kernel does without memory."""
    while not killed:
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                # Once it reads its cells it is set up: an earlier death is the zygote's trouble.
                if "/session-" in process.cwd() and process.cpu_times().user > 0.2:
                    process.kill()
                    killed.append(process.pid)
                    break
        time.sleep(0.005)


def test_a_session_that_others_have_ended_costs_nobody_a_mark(tiny_course: Course) -> None:
    slow = "import time\nend = time.process_time() + 0.8\nwhile time.process_time() < end: pass\n"
    notebook = answered(tiny_course, double=slow + RIGHT["double"], mean=RIGHT["mean"])
    jobs = [Job(name, notebook) for name in ("ada", "bob", "cleo")]
    killed: list[int] = []
    killer = threading.Thread(target=kill_a_session, args=(killed,), daemon=True)
    killer.start()
    scores = []
    for _, marked in mark_all(tiny_course, "tiny", jobs, processes=2):
        assert isinstance(marked, Marked)
        scores.append((marked.report.score, [p.message for p in marked.report.problems]))
    killer.join()
    assert len(killed) == 1
    assert len(scores) == 3
    assert len({str(score) for score in scores}) == 1
    assert not scores[0][1]


def test_one_that_ends_its_own_session_is_reported_once(tiny_course: Course) -> None:
    ends = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    notebook = answered(tiny_course, double=ends + RIGHT["double"], mean=RIGHT["mean"])
    honest = answered(tiny_course, **RIGHT)
    jobs = [Job("eve", notebook), Job("ada", honest), Job("bob", honest)]
    reports = {
        job.student: marked.report
        for job, marked in mark_all(tiny_course, "tiny", jobs, processes=2)
        if isinstance(marked, Marked)
    }
    assert len(reports) == 3
    assert list(reports)[-1] == "eve"
    (task,) = [task for task in reports["eve"].tasks if task.id == "double"]
    assert task.points == 0
    assert "killed by SIGKILL" in reports["eve"].problems[0].message
    assert reports["ada"].score == reports["bob"].score > reports["eve"].score
