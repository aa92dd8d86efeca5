"""What a person marked by hand is asked for again only where there is something new to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from submissions import RIGHT, answered, hand_in, with_cell

from autograder.course import Course
from autograder.grading.classroom import find_submissions, grade_class

ANSWERS = {**RIGHT, "triple": "def triple(x):\n    return 3 * x", "why": "It can be taken out."}
MARKED = ("check-double", "test-triple", "why")


def mark(course: Course, *, reuse: bool = True) -> None:
    for outcome in grade_class(course, find_submissions(course), processes=1, reuse=reuse):
        assert outcome.report is not None, outcome.failure


def asked_for(course: Course, student: str = "anna") -> set[str]:
    """The cells that wait for a person."""
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        grades = gradebook.find_submission_notebook("tiny", "tiny", student).grades
        return {grade.name for grade in grades if grade.needs_manual_grade}


def give_points(course: Course, *cells: str, done: bool = True) -> None:
    """Mark Anna's cells by hand, as the formgrader does."""
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        for cell in cells:
            grade = gradebook.find_grade(cell, "tiny", "tiny", "anna")
            grade.manual_score, grade.needs_manual_grade = 0.5, not done
        gradebook.db.commit()


@pytest.fixture(scope="module")
def marked_by_hand(make_tiny_course: Callable[[], Course]) -> Course:
    """A course in which Anna's answer in words, and two of the machine's scores, have new marks."""
    course = make_tiny_course()
    hand_in(course, "anna", answered(course, **ANSWERS))
    mark(course)
    assert asked_for(course) == {"why"}
    give_points(course, *MARKED)
    return course


@pytest.fixture
def course(marked_by_hand: Course) -> Course:
    """The same before each test."""
    hand_in(marked_by_hand, "anna", answered(marked_by_hand, **ANSWERS))
    mark(marked_by_hand)
    give_points(marked_by_hand, *MARKED)
    return marked_by_hand


def test_who_hands_in_later_asks_for_nobody_else(course: Course) -> None:
    hand_in(course, "ben", answered(course, **ANSWERS))
    mark(course)
    assert asked_for(course) == set()
    assert asked_for(course, "ben") == {"why"}


def test_marking_again_what_did_not_change_asks_for_nothing(course: Course) -> None:
    mark(course, reuse=False)
    assert asked_for(course) == set()


def test_what_still_waited_for_a_person_goes_on_waiting(course: Course) -> None:
    give_points(course, "test-triple", done=False)
    mark(course)
    assert asked_for(course) == {"test-triple"}


def test_a_stamp_asks_for_nothing(course: Course) -> None:
    stamp = course.submitted_dir / "anna" / "tiny" / "timestamp.txt"
    stamp.write_text("2030-01-01 12:00:00 UTC")
    mark(course)
    stamp.unlink()
    assert asked_for(course) == set()


def test_saving_the_notebook_again_asks_for_nothing(course: Course) -> None:
    notebook = answered(course, **ANSWERS)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 7
    hand_in(course, "anna", notebook)
    mark(course)
    assert asked_for(course) == set()


def other(**sources: str) -> Callable[[Course], NotebookNode]:
    return lambda course: answered(course, **{**ANSWERS, **sources})


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        pytest.param(other(why="Sums are linear."), {"why"}, id="words"),
        pytest.param(other(double="double = lambda x: x + x"), {"check-double"}, id="same score"),
        pytest.param(other(double="double = abs"), {"check-double"}, id="other score"),
        pytest.param(other(mean="mean = max"), set(), id="a task that has only the machine's"),
        pytest.param(
            lambda course: with_cell(answered(course, **ANSWERS), "# more", before="check-double"),
            set(MARKED),
            id="a cell of one's own",
        ),
        pytest.param(lambda course: "no notebook", set(MARKED), id="broken"),
    ],
)
def test_what_is_new_is_asked_for_and_nothing_else(
    course: Course, change: Callable[[Course], NotebookNode], asked: set[str]
) -> None:
    hand_in(course, "anna", change(course))
    mark(course)
    assert asked_for(course) == asked
    mark(course)
    assert asked_for(course) == asked


def test_an_old_answer_that_comes_back_is_new_to_who_marked_the_last(course: Course) -> None:
    """The cache knows it, but the person has marked another one since."""
    hand_in(course, "anna", answered(course, **{**ANSWERS, "why": "No idea."}))
    mark(course)
    give_points(course, "why")
    hand_in(course, "anna", answered(course, **ANSWERS))
    mark(course)
    assert asked_for(course) == {"why"}
