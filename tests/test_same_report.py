"""The same submission gets the same report, whoever marks it and whatever else is at work."""

from __future__ import annotations

from pathlib import Path

import pytest
from busy import busy

from autograder.course import load_course
from autograder.grading.marker import Marked
from autograder.grading.pool import Failure, Job, mark_all
from autograder.grading.report import Report
from autograder.proof import Case
from autograder.proof.cases import each_case

COURSE = load_course(Path(__file__).resolve().parent.parent)
ci = pytest.mark.ci


@ci
@pytest.mark.parametrize("name", COURSE.names)
def test_the_same_submission_gives_the_same_report_again(name: str) -> None:
    """Of the mistakes that which fails in most tasks, marked by two graders at once."""
    wrong = [each for _, each in each_case(COURSE, name) if isinstance(each, Case) and each.mistake]
    case = max(wrong, key=lambda case: len(case.fails))
    jobs = [Job("ada", case.notebook) for _ in range(2)]
    one, two = (marked for _, marked in mark_all(COURSE, name, jobs, processes=2))
    assert timeless(one) == timeless(two)


@ci
def test_neighbours_at_work_change_no_report() -> None:
    """Of the right answers that train, the one that takes longest."""
    slow = dict(each_case(COURSE, "word2vec"))["accept/loops"]
    assert isinstance(slow, Case)
    jobs = [Job("ada", slow.notebook)]
    ((_, quiet),) = mark_all(COURSE, "word2vec", jobs, processes=1)
    with busy():
        ((_, disturbed),) = mark_all(COURSE, "word2vec", jobs, processes=1)
    assert timeless(disturbed) == timeless(quiet)
    assert isinstance(quiet, Marked)
    assert quiet.report.score == quiet.report.max_score - quiet.report.by_hand


def timeless(marked: Marked | Failure) -> dict[str, object]:
    """A report without what a clock said."""
    assert isinstance(marked, Marked), marked
    return timeless_report(marked.report)


def timeless_report(report: Report) -> dict[str, object]:
    found = report.to_dict()
    del found["seconds"]
    for task in found["tasks"]:
        for check in task["checks"]:
            del check["seconds"]
    return found
