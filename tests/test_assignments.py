"""Every assignment of the course, proven: this is the README's `autograder validate NAME`."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import load_course
from autograder.errors import AutograderError
from autograder.grading.marker import Marked
from autograder.grading.pool import Failure, Job, mark_all
from autograder.proof import Case, Validation
from autograder.proof.cases import each_case

COURSE = load_course(Path(__file__).resolve().parent.parent)
# One assignment stands for all until CI tries them.
MARKED = [(name, [pytest.mark.ci] if place else []) for place, name in enumerate(COURSE.names)]
PROMISES = ["build", "lint", "nbval", "points", "budget"]


def labels(name: str) -> list[str]:
    """What an assignment is tried on; where not even that can be read, the build says why."""
    try:
        return [*PROMISES, *(label for label, _ in each_case(COURSE, name))]
    except AutograderError:
        return PROMISES[:1]


@pytest.fixture(scope="module")
def complaints(request: pytest.FixtureRequest) -> dict[tuple[str, str], tuple[str, ...]]:
    """What speaks against each case of the assignments that this run asks about."""
    items = request.session.items
    asking = [item for item in items if getattr(item, "originalname", None) == ASKING]
    names = sorted({item.callspec.params["name"] for item in asking}, key=COURSE.names.index)
    found = validated(names)
    # Beside other tests an honest check may run out of time. What was right is known by now.
    return validated(names) if any(found.values()) else found


def validated(names: list[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    # `make proofs` names every mistake with other inputs as well.
    run = Validation(COURSE, names, processes=2, fresh=False).run()
    return {(name, verdict.case): verdict.complaints for name, verdict in run}


@pytest.mark.parametrize(
    ("name", "case"),
    [pytest.param(name, label, marks=marks) for name, marks in MARKED for label in labels(name)],
)
def test_it_is_marked_as_it_should_be(
    name: str, case: str, complaints: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    assert complaints[name, case] == ()


ASKING = test_it_is_marked_as_it_should_be.__name__


@pytest.mark.parametrize("name", [pytest.param(name, marks=marks) for name, marks in MARKED])
def test_the_same_submission_gives_the_same_report_again(name: str) -> None:
    """Of the mistakes that which fails in most tasks, marked by two graders at once."""
    wrong = [each for _, each in each_case(COURSE, name) if isinstance(each, Case) and each.mistake]
    case = max(wrong, key=lambda case: len(case.fails))
    jobs = [Job("ada", case.notebook) for _ in range(2)]
    one, two = (marked for _, marked in mark_all(COURSE, name, jobs, processes=2))
    assert timeless(one) == timeless(two)


def timeless(marked: Marked | Failure) -> dict[str, object]:
    """A report without what a clock said."""
    assert isinstance(marked, Marked), marked
    found = marked.report.to_dict()
    del found["seconds"]
    for task in found["tasks"]:
        for check in task["checks"]:
            del check["seconds"]
    return found
