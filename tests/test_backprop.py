"""The assignment `backprop`, proven: this is the README's `autograder validate backprop`."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import load_course
from autograder.grading.marker import with_marker
from autograder.proof import Verdict, cases, validate

ROOT = Path(__file__).resolve().parent.parent
COURSE = load_course(ROOT)
PROMISES = ["build", "lint", "nbval", "points", "budget"]
CASES = [*PROMISES, *(case.name for case in cases(COURSE, "backprop"))]


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    return {verdict.case: verdict for verdict in validate(COURSE, "backprop", processes=2)}


@pytest.mark.parametrize("case", CASES)
def test_it_is_marked_as_it_should_be(case: str, verdicts: dict[str, Verdict]) -> None:
    assert verdicts[case].complaints == ()


def test_the_same_submission_gives_the_same_report_again() -> None:
    case = next(c for c in cases(COURSE, "backprop") if c.name == "reject/mlp_biases_forgotten")

    def report() -> dict[str, object]:
        marked = with_marker(COURSE, "backprop", lambda marker: marker.mark(case.notebook, "ada"))
        found = marked.report.to_dict()
        del found["seconds"]
        for task in found["tasks"]:
            for check in task["checks"]:
                del check["seconds"]
        return found

    assert report() == report()
