"""The course's own reference runs: recorded, released, and still inside their envelopes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_runs import is_released

from autograder.checks import convergence
from autograder.checks.kernel.curves import FILE, read_curve
from autograder.course import load_course
from autograder.notebook import load_notebook
from autograder.reference.recorded import read_recorded
from autograder.reference.runs import Settings, compare, with_runs

COURSE = load_course(Path(__file__).parents[1])


def test_every_recorded_run_of_the_course_has_its_file() -> None:
    for name in with_runs(COURSE):
        content = read_recorded(COURSE.solution_dir(name) / "reference" / "cpu.json")
        parts = content["parts"].values()
        assert set(content["metrics"]) == {metric for part in parts for metric in part["metrics"]}


@pytest.mark.ci
@pytest.mark.parametrize("name", with_runs(COURSE))
def test_students_get_what_is_recorded_now(name: str) -> None:
    """`autograder reference --redraw` and `autograder build` where this fails."""
    assert is_released(COURSE, name)
    folder = COURSE.release_dir(name)
    cells = load_notebook(folder / f"{name}.ipynb").cells
    assert "(data/curves.html)" in cells[-1].source
    drawn = [
        curve
        for cell in cells
        for curve in re.findall(r'draw_recorded\([^,]+, "([^"]+)"', cell.source)
    ]
    assert drawn
    for curve in drawn:
        assert read_curve(folder / FILE, curve)["runs"] >= 20


def test_two_relus_are_outside_of_what_eight_tanh_reach() -> None:
    """A network that is too small to be found is no run of the one that is promised."""
    path = COURSE.solution_dir("xor-mlp") / "reference" / "cpu.json"
    promised = convergence.read(path, "share solved, 8 tanh")
    assert min(promised.values) >= 199 / 200
    two = convergence.read(path, "share solved, 2 relu").values
    assert {convergence.place(value, promised) for value in two} == {"beyond"}
    assert convergence.plan(promised).verdict(5, 5) == "wrong"


@pytest.mark.ci
@pytest.mark.parametrize("name", with_runs(COURSE))
def test_a_short_run_of_each_stays_inside(name: str) -> None:
    """Seeds from 0 on: the same in every run of this test, so that it never fails by chance."""
    reports = list(compare(COURSE, name, Settings("cpu", seeds=5, quick=True)))
    assert reports
    for report in reports:
        # Times are judged where nothing else runs.
        assert [c for c in report.complaints if "a step takes" not in c] == [], report.part


@pytest.mark.long
@pytest.mark.parametrize("name", with_runs(COURSE))
def test_every_wrong_answer_leaves_the_envelope(name: str) -> None:
    reports = list(compare(COURSE, name, Settings("cpu"), wrong=True))
    assert reports
    assert {r.mistake: r.complaints for r in reports if r.complaints} == {}
