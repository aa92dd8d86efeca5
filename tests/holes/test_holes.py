"""Holes that graders in use had: their wrong solutions pass, and the linter says so."""

from __future__ import annotations

import re

import pytest
from holes import HOLES, PAGE, Hole, page

EVERY = pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.name)
WRONG = pytest.mark.parametrize(
    ("hole", "wrong"),
    [pytest.param(hole, name, id=f"{hole.name}: {name}") for hole in HOLES for name in hole.wrong],
)


@WRONG
def test_checks_with_the_hole_accept_a_wrong_solution(hole: Hole, wrong: str) -> None:
    results = hole.marked("checks.py", hole.solution(wrong))
    assert results
    assert [f"{result.id}: {result.message}" for result in results if not result.passed] == []


@WRONG
def test_checks_without_the_hole_refuse_it(hole: Hole, wrong: str) -> None:
    results = hole.marked("better.py", hole.solution(wrong))
    failed = [result for result in results if not result.passed]
    assert failed
    assert {result.status for result in failed} == {"failed"}


@EVERY
@pytest.mark.parametrize("checks", ["checks.py", "better.py"])
def test_the_right_solution_passes(hole: Hole, checks: str) -> None:
    results = hole.marked(checks, hole.solution())
    assert [f"{result.id}: {result.message}" for result in results if not result.passed] == []


@EVERY
def test_the_linter_finds_the_hole_in_its_line_and_nothing_where_it_is_closed(hole: Hole) -> None:
    lines = enumerate((hole.folder / "checks.py").read_text().splitlines(), start=1)
    marked = {n: line.partition("# HOLE ")[2].split(", ") for n, line in lines if "# HOLE" in line}
    assert marked
    assert hole.found("checks.py") == sorted((n, rule) for n in marked for rule in marked[n])
    assert hole.found("better.py") == []


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tests/holes/holes.py"


def test_no_hole_names_the_course_it_was_found_in() -> None:
    courses = {"arena", "tinytorch", "minitorch", "cs231n", "cs336", "dlsys", "udl", "coursera"}
    files = [PAGE, *(path for hole in HOLES for path in hole.folder.glob("*.py"))]
    for path in files:
        words = re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
        assert not courses & set(words), path
