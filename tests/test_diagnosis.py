"""A wrong answer is told which known mistake gives it; right and otherwise wrong ones are not.

Students' code runs in sessions of our own here where only the diagnosis is tried, and is
marked behind walls where it matters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from diagnosing import COURSE, FRESH, Attempted, diagnose
from submissions import RIGHT, answered, released
from tiny import with_limits
from wrong_backprop import WRONG, Wrong

from autograder.checks import results_table
from autograder.checks.diagnosis import known_mistakes as module
from autograder.checks.diagnosis.known_mistakes import Answers, KnownMistakes
from autograder.course import Course
from autograder.grading.marker import Marker, with_marker
from autograder.grading.report import Report
from autograder.notebook import grade_id_of, load_notebook
from autograder.notebook.accepts import accept_files, read_accept
from autograder.notebook.mistakes import read_mistakes
from autograder.proof import Case
from autograder.proof.cases import each_case

PROVEN = [name for name in COURSE.names if not COURSE.is_plain(name)]
SOLUTION = load_notebook(COURSE.solution_dir("backprop") / "backprop.ipynb")
MISTAKES = {each.name: each for each in read_mistakes(COURSE.solution_dir("backprop"), SOLUTION)}

SQUARE = "def double(x):\n    return x * x"


def of_wrong_ones(wrong: Sequence[Wrong]) -> list[Attempted]:
    sources = {grade_id_of(cell): cell.source for cell in SOLUTION.cells}
    found = []
    for each in wrong:
        cells = dict(MISTAKES[each.mistake].cells) if each.mistake else {}
        source = cells.get(each.cell, sources[each.cell])
        for old, new in each.changes:
            assert old in source, f"{each.title}: the solution has changed"
            source = source.replace(old, new)
        found.append(Attempted(each.title, each.task, {**cells, each.cell: source}))
    return found


def test_other_mistakes_are_not_named() -> None:
    found = diagnose("backprop", of_wrong_ones(WRONG[::9]), *FRESH)
    assert [title for title, diagnosed in found.items() if not diagnosed.failed] == []
    assert {title: d.names for title, d in found.items() if d.names} == {}


@pytest.mark.long
@pytest.mark.parametrize("name", PROVEN)
def test_nothing_is_said_of_unusual_right_solutions(name: str) -> None:
    """With other inputs than those of marking, which `validate` looks at."""
    folder = COURSE.solution_dir(name)
    mistakes = read_mistakes(folder, load_notebook(folder / f"{name}.ipynb"))
    tasks = sorted({task for mistake in mistakes for task in mistake.fails})
    accepts = [read_accept(path) for path in accept_files(folder)]
    attempts = [Attempted(a.name, task, a.cells) for a in accepts for task in tasks]
    found = diagnose(name, attempts, *FRESH)
    assert {key: d for key, d in found.items() if d.failed or d.names} == {}


@pytest.mark.long
@pytest.mark.parametrize("inputs", [(), FRESH], ids=["marking", "fresh"])
def test_no_other_mistake_of_backprop_is_named_with_any_inputs(inputs: tuple[str, str]) -> None:
    assert len(WRONG) >= 50
    found = diagnose("backprop", of_wrong_ones(WRONG), *inputs)
    assert len(found) == len(WRONG)
    assert [title for title, diagnosed in found.items() if not diagnosed.failed] == []
    assert {title: d.names for title, d in found.items() if d.names} == {}


def test_of_two_mistakes_in_two_parts_the_known_one_is_named_where_it_is() -> None:
    doubled = of_wrong_ones(
        [Wrong("both", "two-layer", (('"b2": ', '"b2": 2 * '),), mistake="two-layer.slope_at_h")]
    )
    (diagnosed,) = diagnose("backprop", doubled).values()
    assert diagnosed.names == {"two-layer.slope_at_h"}
    lines = tuple(c for c in diagnosed.failed if re.match(r"test_two_layer_(line|step)", c))
    assert diagnosed.explained == lines != diagnosed.failed


def test_what_is_told_of_a_mistake_with_few_numbers_holds_for_whoever_answers_so() -> None:
    """The labels are overwritten with something else than in the mistake."""
    delta = "delta = (np.exp(log_P) - Y) / len(X)"
    zeroed = (
        (delta, f"kept = Y.copy()\n    {delta}\n    Y[:] = 0"),
        ("-np.sum(Y * log_P)", "-np.sum(kept * log_P)"),
    )
    found = diagnose("backprop", of_wrong_ones([Wrong("zeroed", "mlp", zeroed)]))
    assert [diagnosed.told for diagnosed in found.values()] == ["The labels Y are overwritten."]


# Marked behind walls.


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The checks that known mistakes are asked for answers to, while a test runs."""
    calls: list[str] = []
    ask = KnownMistakes._ask

    def counted(self: KnownMistakes, *args: Any) -> object:
        calls.append(args[-1])
        return ask(self, *args)

    monkeypatch.setattr(KnownMistakes, "_ask", counted)
    return calls


def in_turn(course: Course, *answers: Mapping[str, str]) -> list[Report]:
    """The reports of students with these answers, marked one after another by one grader."""

    def body(marker: Marker) -> list[Report]:
        notebooks = [answered(course, **cells) for cells in answers]
        return [marker.mark(notebook, "ada").report for notebook in notebooks]

    return with_marker(course, "tiny", body)


def lines(report: Report) -> list[tuple[str, str, str, str, str]]:
    found = [check for task in report.tasks for check in task.checks]
    return [(c.id, c.status, c.message, c.mistake, c.diagnosis) for c in found]


def add_mistake(course: Course, name: str, tells: str, source: str, sure: bool = False) -> None:
    """Write a known mistake in front of the others, so that it is tried first."""
    path = course.solution_dir("tiny") / "mistakes.toml"
    entry = f"cells.double = '''\n{source}\n'''\nsure = {str(sure).lower()}\n\n"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'[double.{name}]\ntells = "{tells}"\n{entry}{text}', encoding="utf-8")


def test_a_student_reads_it_once_above_the_checks_that_it_explains(tiny_course: Course) -> None:
    (report,) = in_turn(tiny_course, {**RIGHT, "double": SQUARE})
    checks = report.task("double").checks
    assert {(c.mistake, c.diagnosis) for c in checks} == {
        ("double.square", "Squared in place of doubled.")
    }
    table = results_table(checks)
    assert table.count("Squared in place of doubled.") == 1
    assert table.index("Squared in place") < table.index("<table")
    assert table.count("— explained above") == len(checks)
    assert "It explains the 2 checks" in table
    messages = [check.message for check in checks]
    assert not any(message in table for message in messages)
    folded = results_table(checks, foldable=True)
    assert folded.count("<details") == len(checks)


def test_one_number_is_too_little_to_name_a_mistake(tiny_course: Course) -> None:
    (report,) = in_turn(tiny_course, {**RIGHT, "mean": "def mean(x):\n    return x[0]"})
    assert not [check for check in report.task("mean").checks if check.diagnosis]


@pytest.mark.parametrize("sure", [False, True])
def test_one_number_is_enough_where_the_sentence_is_sure(tiny_course: Course, sure: bool) -> None:
    wrong = "def double(x):\n    return 2 * x if np.ndim(x) else 2.1 * x"
    add_mistake(tiny_course, "numbers", "Numbers are not doubled.", wrong, sure)
    (report,) = in_turn(tiny_course, {**RIGHT, "double": wrong})
    failed = [check for check in report.task("double").checks if not check.passed]
    assert [check.diagnosis for check in failed] == ["Numbers are not doubled." if sure else ""]


def test_own_numbers_are_compared_with_the_mistake_at_those_numbers() -> None:
    case = dict(each_case(COURSE, "backprop"))["mistake/scalar-network.slope_missing"]
    assert isinstance(case, Case)
    report = with_marker(
        COURSE, "backprop", lambda marker: marker.mark(case.notebook, "someone of her own").report
    )
    failed = [check for check in report.task("scalar-network").checks if not check.passed]
    assert "test_own_number[w0]" in {check.id for check in failed}
    assert {check.mistake for check in failed} == {"scalar-network.slope_missing"}


def test_where_everything_passes_nothing_is_kept_read_or_run(
    tiny_course: Course, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("the mistakes were read")

    kept: list[Answers] = []
    named = KnownMistakes.named

    def seen(self: KnownMistakes, task: str, student: str, results: Any, answers: Answers) -> Any:
        kept.append(answers)
        return named(self, task, student, results, answers)

    monkeypatch.setattr(module, "each_mistake", unread)
    monkeypatch.setattr(KnownMistakes, "named", seen)
    in_turn(tiny_course, RIGHT, RIGHT)
    assert len(kept) == 4
    assert [answers.records for answers in kept] == 4 * [{}]
    assert asked == []


def test_an_empty_answer_is_compared_with_nothing(tiny_course: Course, asked: list[str]) -> None:
    report = with_marker(
        tiny_course, "tiny", lambda marker: marker.mark(released(tiny_course), "ada").report
    )
    assert report.score == 0
    assert asked == []


def test_for_the_next_student_the_answers_are_known(tiny_course: Course, asked: list[str]) -> None:
    square = {**RIGHT, "double": SQUARE}
    after_one = []

    def body(marker: Marker) -> list[Report]:
        first = marker.mark(answered(tiny_course, **square), "ada").report
        after_one.append(len(asked))
        return [first, marker.mark(answered(tiny_course, **square), "bob").report]

    first, second = with_marker(tiny_course, "tiny", body)
    assert len(asked) == after_one[0] > 0
    assert lines(first) == lines(second)


def test_nobody_is_told_otherwise_for_who_was_marked_before(tiny_course: Course) -> None:
    square = {**RIGHT, "double": SQUARE}
    other = {**RIGHT, "double": "def double(x):\n    return x + 2.5"}
    one, two, three = in_turn(tiny_course, square, other, RIGHT)
    third, second, first = in_turn(tiny_course, RIGHT, other, square)
    assert [lines(r) for r in (one, two, three)] == [lines(r) for r in (first, second, third)]
    assert "double.square" in {mistake for *_, mistake, _ in lines(one)}


def test_a_hidden_check_gains_a_fixed_sentence_and_no_number(tiny_course: Course) -> None:
    wrong = "def double(x):\n    return 2 * x if np.ndim(x) == 0 else x**3"
    before = in_turn(tiny_course, {**RIGHT, "double": wrong})[0].task("double").checks[1]
    add_mistake(tiny_course, "arrays", "Arrays are not doubled.", wrong)
    after = in_turn(tiny_course, {**RIGHT, "double": wrong})[0].task("double").checks[1]
    assert after.visibility == "hidden"
    assert (before.diagnosis, after.diagnosis) == ("", "Arrays are not doubled.")
    assert after.message == before.message


@pytest.mark.parametrize(
    "hangs",
    [
        "def double(x):\n    while True:\n        pass",
        "while True:\n    pass",
        "1 / 0",
        "import os",
    ],
    ids=["when called", "when defined", "raises when defined", "defines nothing"],
)
def test_a_mistake_that_never_answers_costs_its_time_and_no_more(
    tiny_course: Course, hangs: str
) -> None:
    course = with_limits(tiny_course, check_seconds=1)
    add_mistake(course, "a_first", "It never ends.", hangs)
    (report,) = in_turn(course, {**RIGHT, "double": SQUARE})
    assert report.task("double").checks[0].mistake == "double.square"


def test_a_student_who_hangs_is_compared_with_nothing(
    tiny_course: Course, asked: list[str]
) -> None:
    course = with_limits(tiny_course, check_seconds=1)
    hangs = "def double(x):\n    while np.ndim(x):\n        pass\n    return x * x"
    (report,) = in_turn(course, {**RIGHT, "double": hangs})
    assert report.task("double").checks[1].status == "timeout"
    assert asked == []


def test_more_than_two_mistakes_with_the_same_answers_are_not_told_apart(
    tiny_course: Course,
) -> None:
    def told() -> set[str]:
        (report,) = in_turn(tiny_course, {**RIGHT, "double": SQUARE})
        return {check.diagnosis for check in report.task("double").checks}

    add_mistake(tiny_course, "to_the_second", "Raised to the second power.", SQUARE)
    assert told() == {"Raised to the second power. Or: Squared in place of doubled."}
    add_mistake(tiny_course, "times_itself", "Multiplied by itself.", SQUARE)
    assert told() == {""}


def test_an_author_can_keep_a_mistake_to_herself(tiny_course: Course) -> None:
    path = tiny_course.solution_dir("tiny") / "mistakes.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Squared in place of doubled.", "nothing"), encoding="utf-8")
    (report,) = in_turn(tiny_course, {**RIGHT, "double": SQUARE})
    assert not [diagnosis for *_, diagnosis in lines(report) if diagnosis]
