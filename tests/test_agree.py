"""`autograder agree`: the solution and a second reference, asked the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring import build
from autograder.cli.agreeing import agree_and_show
from autograder.course import Course
from autograder.proof.second import Agreement, agreements

HIDDEN = '''\
"""What marking checks on top."""

from autograder.checks import Function, task

double = Function("double", {"x": "N D"}, truth=lambda x: 2 * x)


@task("double")
def test_double(student, reference, rng):
    """Arrays are doubled."""
    double.battery(student, rng, reference)
    Function("mean", {"x": "N"}).check(student, rng, reference, N=50)


@task("mean")
def test_mean(student, reference, rng):
    """The mean of positive numbers is right."""
    Function("mean", {"x": "N"}).check(student, rng, reference, x=[1.0, 2.0, 6.0])
'''
# It is right for positive numbers only, which no check above asks for.
WRONG = """\
# %% double
def double(x):
    return abs(x) + x
"""


@pytest.fixture(scope="module")
def course(make_tiny_course) -> Course:
    course = make_tiny_course()
    folder = course.solution_dir("tiny")
    (folder / "hidden_checks.py").write_text(HIDDEN)
    build(course)
    return course


def accept(course: Course) -> Path:
    return course.solution_dir("tiny") / "accept" / "loops.py"


def agreed(course: Course, inputs: int = 100, seconds: float = 60.0) -> dict[str, Agreement]:
    found = agreements(course, "tiny", inputs=inputs, seconds=seconds)
    return {each.task: each for each in found}


def test_an_accept_that_defines_the_function_is_asked_as_often_as_told(course: Course) -> None:
    found = agreed(course)
    double, mean = found["double"], found["mean"]
    assert double.accepts == {"double": "loops", "mean": "loops"}
    assert double.inputs == mean.inputs == 100
    assert not double.complaints + mean.complaints
    assert 0 < double.difference < 1e-12  # of the means


def test_time_that_is_over_is_told(course: Course) -> None:
    found = agreed(course, seconds=0.0)["double"]
    assert (found.inputs, found.stopped) == (1, True)


def test_answers_that_differ_are_a_complaint(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    before = accept(course).read_text()
    accept(course).write_text(f'"""Wrong."""\n{WRONG}')
    try:
        found = agreed(course)
        assert not agree_and_show(course, [], 1, 100, 60.0)
    finally:
        accept(course).write_text(before)
    assert found["double"].complaints[0].startswith("accept/loops and the solution: `double`: ")
    assert found["double"].without == ("mean",)
    assert (found["mean"].accepts, found["mean"].inputs) == ({}, 0)
    shown = capsys.readouterr().out
    assert "none: mean" in " ".join(shown.split())
    assert "1 of 2 tasks have a second reference, 1 do not agree" in shown


def test_the_accept_least_like_the_solution_is_asked(course: Course) -> None:
    alike = accept(course).with_name("alike.py")
    alike.write_text('"""Alike."""\n# %% double\ndef double(x):\n    return x * 2.0 + 0\n')
    try:
        assert agreed(course, 5)["double"].accepts["double"] == "loops"
    finally:
        alike.unlink()
