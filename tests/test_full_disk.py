"""A full disk: no student's session can make one, and nobody loses a mark where there is one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands import may_not_mount, run
from nbgrader.api import Gradebook
from submissions import RIGHT, answered, hand_in, with_cell
from test_same_report import timeless_report
from tiny import with_limits

from autograder.course import Course, load_course
from autograder.grading.cache import FOLDER
from autograder.grading.classroom import GradedSubmission, find_submissions, grade_class
from autograder.grading.report import Report

# Writes as fast as it can, in folders that nobody else may list, whatever is said to it.
BURST = """
import os, signal, threading
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def fill(thread):
    for number in range(10**6):
        try:
            os.mkdir(f"{thread}-{number}", 0o300)
            file = os.open(f"{thread}-{number}/file", os.O_CREAT | os.O_WRONLY)
            while os.write(file, bytes(1 << 20)):
                pass
        except OSError:
            os.close(file)
threads = [threading.Thread(target=fill, args=[number]) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""
NEIGHBOURS = ("bob", "cleo")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mount a disk of so many MiB."""
    folder = tmp_path / "disk"

    def mount(size_mb: int) -> Path:
        folder.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder)]
        if os.geteuid() != 0 or subprocess.run(words, capture_output=True).returncode:
            pytest.skip("a small disk cannot be mounted here")
        return folder

    yield mount
    if folder.is_mount():
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def report(course: Course, student: str) -> Report:
    text = (course.reports_dir / "tiny" / f"{student}.json").read_text(encoding="utf-8")
    return Report.from_dict(json.loads(text))


def scores(course: Course) -> dict[str, float]:
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions("tiny")}


@pytest.fixture(scope="module")
def quiet(
    make_tiny_course: Callable[[], Course],
) -> tuple[Course, dict[str, dict[str, object]]]:
    """A course in which ada fills the disk, and the reports of the others as they are without."""
    course = with_limits(make_tiny_course(), files_mb=16)
    notebook = answered(course, **RIGHT)
    writes = "open('mine', 'w').write('x' * 100_000)"
    for student in NEIGHBOURS:
        hand_in(course, student, with_cell(notebook, writes, before="check-double"))
    outcomes = grade_class(course, find_submissions(course), processes=1)
    assert all(outcome.report for outcome in outcomes)
    reports = {student: timeless_report(report(course, student)) for student in NEIGHBOURS}
    hand_in(course, "ada", with_cell(notebook, BURST, before="check-double"))
    return course, reports


@pytest.mark.ci
@pytest.mark.parametrize("where", ["its own file system", "the disk of all"])
def test_a_student_who_fills_the_disk_in_a_burst_costs_nobody_a_mark(
    quiet: tuple[Course, dict[str, dict[str, object]]], disk: Callable[[int], Path], where: str
) -> None:
    course, before = quiet
    shutil.rmtree(course.reports_dir)
    grade = ["autograder", "grade", "--no-cache", "--jobs", "2"]
    if where == "the disk of all":
        # Room for two sessions and what has to stay free.
        folder = disk(128)
        grade = [*may_not_mount(), *grade]
    else:
        folder = disk(12)
    loud = run(course.root, *grade, TMPDIR=str(folder))
    assert loud.returncode == 0, loud.stdout + loud.stderr
    told = [problem.message for problem in report(course, "ada").problems]
    assert any("wrote more than 16 MiB" in message for message in told), told
    level = report(course, "bob").sandbox
    after = {student: timeless_report(report(course, student)) for student in NEIGHBOURS}
    assert after == {student: {**each, "sandbox": level} for student, each in before.items()}
    assert not list(folder.glob("autograder-*"))


@pytest.fixture
def crowded(tiny_course: Course, disk: Callable[[int], Path]) -> Callable[[int], Course]:
    """The tiny course on a disk of so many MiB; of ada, bob and cleo, who handed in, bob's
    results are the largest.
    """

    def crowded(size_mb: int) -> Course:
        folder = disk(size_mb)
        shutil.copytree(tiny_course.root, folder, dirs_exist_ok=True)
        (folder / FOLDER).mkdir(exist_ok=True)
        shutil.rmtree(folder / FOLDER / "cache", ignore_errors=True)
        (folder / FOLDER / "cache").write_text("so that only results take room")
        course = load_course(folder)
        notebook = answered(course, **RIGHT)
        shows = "import os\nprint(os.urandom(200_000).hex())"
        for student in ("ada", "bob", "cleo"):
            own = notebook if student != "bob" else with_cell(notebook, shows, before="check-mean")
            hand_in(course, student, own)
        return course

    return crowded


def fill(course: Course, leave: int) -> Path:
    """Fill the course's disk up to `leave` bytes."""
    path = course.root / "filler"
    with path.open("wb") as file:
        found = os.fstatvfs(file.fileno())
        file.write(bytes(max(0, found.f_bfree * found.f_frsize - leave)))
    return path


def graded(
    course: Course, on_outcome: Callable[[GradedSubmission], None]
) -> dict[str, GradedSubmission]:
    """Mark one after the other; `on_outcome` is called after each."""
    found = find_submissions(course)
    outcomes = grade_class(course, found, processes=1, on_outcome=on_outcome)
    return {outcome.submission.student: outcome for outcome in outcomes}


def test_there_is_room_for_results_when_others_fill_the_disk(
    crowded: Callable[[int], Course],
) -> None:
    course = crowded(32)

    def on_outcome(outcome: GradedSubmission) -> None:
        if outcome.submission.student == "ada":
            fill(course, leave=0)

    outcomes = graded(course, on_outcome)
    assert [outcome.failure for outcome in outcomes.values()] == [""] * 3
    assert scores(course) == dict.fromkeys(("ada", "bob", "cleo"), 5.0)
    assert not list(course.root.rglob(".*.part"))


@pytest.mark.parametrize("freed", [True, False])
def test_a_result_that_could_not_be_written_is_tried_again_at_the_end(
    crowded: Callable[[int], Course], freed: bool
) -> None:
    course = crowded(12)  # too small for a reserve

    def on_outcome(outcome: GradedSubmission) -> None:
        if outcome.submission.student == "ada":
            fill(course, leave=300_000)
        elif outcome.submission.student == "cleo" and freed:
            (course.root / "filler").unlink()

    outcomes = graded(course, on_outcome)
    kept = ("ada", "bob", "cleo") if freed else ("ada", "cleo")
    assert [student for student, each in outcomes.items() if not each.failure] == list(kept)
    if not freed:
        assert "No space left on device" in outcomes["bob"].failure
    for student in kept:
        assert report(course, student).score == 5
        assert scores(course)[student] == 5
    assert not list(course.root.rglob(".*.part"))
