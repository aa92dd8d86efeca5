"""A wrong answer is told which known mistake gives it; right and otherwise wrong ones are not.

Students' code runs in sessions of our own here where only the diagnosis is tried, and is
marked behind walls where it matters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from autograder.grading.misconceptions import LEAD, Answers, Misconceptions, undiagnosed
from autograder.notebook.variants import Variant
from diagnosing import (
    COURSE,
    FRESH,
    MARKING,
    OTHERS,
    Attempted,
    Diagnosed,
    diagnose,
    is_right,
    of_variants,
    variants_of,
)
from submissions import RIGHT, answered, released
from tiny import with_limits
from wrong_backprop import WRONG, Wrong

from autograder.checks import CheckResult
from autograder.course import Course
from autograder.grading import misconceptions as module
from autograder.grading.marker import Marker, with_marker
from autograder.grading.report import Report, TaskReport
from autograder.notebook import grade_id_of, load_notebook
from autograder.proof import cases
from autograder.proof.verdicts import feedback

PROVEN = [name for name in COURSE.names if not COURSE.is_plain(name)]
VARIANTS = variants_of("backprop", "reject")

every_input = pytest.mark.parametrize(
    "inputs", [MARKING, FRESH, OTHERS], ids=["marking", "fresh", "others"]
)

SQUARE = "def double(x):\n    return x * x"


def of_wrong_ones(wrong: Sequence[Wrong]) -> list[Attempted]:
    solution = load_notebook(COURSE.solution_dir("backprop") / "backprop.ipynb")
    sources = {grade_id_of(cell): cell.source for cell in solution.cells}
    found = []
    for each in wrong:
        cells = dict(VARIANTS[each.variant].cells) if each.variant else {}
        source = cells.get(each.cell, sources[each.cell])
        for old, new in each.changes:
            assert old in source, f"{each.title}: the solution has changed"
            source = source.replace(old, new)
        found.append(Attempted(each.title, each.task, {**cells, each.cell: source}))
    return found


# Of every task one, and of every kind: numbers, lines, zeros, nan, truth values, changes.
SAMPLE = [
    "check_allclose", "logistic_overflows", "logistic_sign_lost", "mlp_softmax_overflows",
    "output_jacobian_diagonal", "scalar_slope_at_h", "skip_formula_of_the_notes",
    "two_layer_overwrites_inputs", "vanishing_spectral_norm",
]  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> dict[tuple[str, str], Diagnosed]:
    """Known mistakes with the inputs of marking."""
    return diagnose("backprop", of_variants([VARIANTS[name] for name in SAMPLE]))


@pytest.mark.parametrize("name", SAMPLE)
def test_a_known_mistake_is_named(name: str, sample: dict[tuple[str, str], Diagnosed]) -> None:
    variant = VARIANTS[name]
    for task in variant.fails:
        assert is_right(variant, sample[name, task])
        # Once, although it explains checks in more than one part.
        assert sample[name, task].told == variant.tells


def test_other_mistakes_are_not_named() -> None:
    found = diagnose("backprop", of_wrong_ones(WRONG[::9]), *FRESH)
    assert [title for title, diagnosed in found.items() if not diagnosed.failed] == []
    assert {title: d.names for title, d in found.items() if d.names} == {}


@pytest.mark.long
@pytest.mark.parametrize("name", PROVEN)
@every_input
def test_every_known_mistake_is_named_with_any_inputs(name: str, inputs: tuple[str, str]) -> None:
    rejected = variants_of(name, "reject")
    tried = [variant for variant in rejected.values() if variant.tells is not None]
    found = diagnose(name, of_variants(tried), *inputs)
    # A mistake that these inputs do not show cannot be named.
    shown = {key: diagnosed for key, diagnosed in found.items() if diagnosed.failed}
    missed = [key for key in shown if not is_right(rejected[key[0]], shown[key])]
    print(
        f"\n{name}: {len(shown) - len(missed)} of {len(shown)} named, "
        f"{len(found) - len(shown)} not shown, {len(rejected) - len(tried)} not spoken of",
        *(f"{v} at {t}: {', '.join(shown[v, t].names) or 'nothing'} named" for v, t in missed),
        sep="\n  ",
        flush=True,
    )
    assert len(tried) >= 0.95 * len(rejected), "too many `tells: nothing`"
    assert len(shown) >= 0.97 * len(found)
    assert len(missed) <= 0.05 * len(shown), missed


@pytest.mark.long
@pytest.mark.parametrize("name", PROVEN)
@every_input
def test_nothing_is_said_of_unusual_right_solutions(name: str, inputs: tuple[str, str]) -> None:
    tasks = sorted({task for v in variants_of(name, "reject").values() for task in v.fails})
    accepted = variants_of(name, "accept").values()
    found = diagnose(
        name, [Attempted(v.name, t, v.cells) for v in accepted for t in tasks], *inputs
    )
    assert {key: d for key, d in found.items() if d.failed or d.names} == {}


@pytest.mark.long
@pytest.mark.parametrize("inputs", [MARKING, FRESH], ids=["marking", "fresh"])
def test_no_other_mistake_of_backprop_is_named_with_any_inputs(inputs: tuple[str, str]) -> None:
    assert len(WRONG) >= 50
    found = diagnose("backprop", of_wrong_ones(WRONG), *inputs)
    assert len(found) == len(WRONG)
    assert [title for title, diagnosed in found.items() if not diagnosed.failed] == []
    assert {title: d.names for title, d in found.items() if d.names} == {}


def test_of_two_mistakes_in_two_parts_the_known_one_is_named_where_it_is() -> None:
    doubled = of_wrong_ones(
        [Wrong("both", "two-layer", (('"b2": ', '"b2": 2 * '),), variant="two_layer_slope_at_h")]
    )
    (diagnosed,) = diagnose("backprop", doubled).values()
    assert diagnosed.names == {"two_layer_slope_at_h"}
    lines = tuple(c for c in diagnosed.failed if re.match(r"test_two_layer_(line|step)", c))
    assert diagnosed.explained == lines != diagnosed.failed


def test_what_is_told_of_a_variant_with_few_numbers_holds_for_whoever_answers_so() -> None:
    """Here the targets are overwritten with something else than in the variant."""
    zeroed = ('return {"W1"', 'Y[:] = 0\n    return {"W1"')
    found = diagnose("backprop", of_wrong_ones([Wrong("zeroed", "two-layer", (zeroed,))]))
    assert [diagnosed.told for diagnosed in found.values()] == ["The targets Y are overwritten."]


# Marked behind walls.


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The checks that known mistakes are asked for answers to, while a test runs."""
    calls: list[str] = []
    ask = Misconceptions._ask

    def counted(self: Misconceptions, *args: Any) -> object:
        calls.append(args[-1])
        return ask(self, *args)

    monkeypatch.setattr(Misconceptions, "_ask", counted)
    return calls


def in_turn(course: Course, *answers: Mapping[str, str]) -> list[Report]:
    """The reports of students with these answers, marked one after another by one grader."""

    def body(marker: Marker) -> list[Report]:
        notebooks = [answered(course, **cells) for cells in answers]
        return [marker.mark(notebook, "ada").report for notebook in notebooks]

    return with_marker(course, "tiny", body)


def lines(report: Report) -> list[tuple[str, str, str, str | None]]:
    return [(c.id, c.status, c.message, c.misconception) for t in report.tasks for c in t.checks]


def write_variant(course: Course, name: str, header: str, source: str) -> None:
    path = course.solution_dir("tiny") / "reject" / f"{name}.py"
    path.write_text(f'"""{header}"""\n# %% double\n{source}\n', encoding="utf-8")


def test_a_student_reads_it_once_and_the_report_has_it_at_every_check(tiny_course: Course) -> None:
    (report,) = in_turn(tiny_course, {**RIGHT, "double": SQUARE})
    public, hidden = report.task("double").checks
    assert public.message.endswith(f"\n{LEAD}Squared in place of doubled.")
    assert LEAD not in hidden.message
    assert public.misconception == hidden.misconception == "variant:square"


def test_one_number_is_too_little_to_name_a_mistake(tiny_course: Course) -> None:
    (report,) = in_turn(tiny_course, {**RIGHT, "mean": "mean = sum"})
    assert not [check for check in report.task("mean").checks if LEAD in check.message]


def test_own_numbers_are_compared_with_the_mistake_at_those_numbers() -> None:
    case = next(c for c in cases(COURSE, "backprop") if c.name == "reject/scalar_slope_missing")
    report = with_marker(
        COURSE, "backprop", lambda marker: marker.mark(case.notebook, "someone of her own").report
    )
    failed = [check for check in report.task("scalar-network").checks if not check.passed]
    assert "test_own_number[w0]" in {check.id for check in failed}
    assert {check.misconception for check in failed} == {"variant:scalar_slope_missing"}


def test_where_everything_passes_nothing_is_kept_read_or_run(
    tiny_course: Course, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(*_: object) -> Variant:
        raise AssertionError("a variant was read")

    kept: list[Answers] = []
    named = Misconceptions.named

    def seen(self: Misconceptions, task: str, student: str, results: Any, answers: Answers) -> Any:
        kept.append(answers)
        return named(self, task, student, results, answers)

    monkeypatch.setattr(module, "read_variant", unread)
    monkeypatch.setattr(Misconceptions, "named", seen)
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
    assert "variant:square" in {misconception for *_, misconception in lines(one)}


def test_a_hidden_check_gains_a_fixed_sentence_and_no_number(tiny_course: Course) -> None:
    wrong = "def double(x):\n    return 2 * x if np.ndim(x) == 0 else x**3"
    before = in_turn(tiny_course, {**RIGHT, "double": wrong})[0].task("double").checks[1]
    write_variant(tiny_course, "arrays", "Arrays are not doubled.\n\nfails: double\nsays: x", wrong)
    after = in_turn(tiny_course, {**RIGHT, "double": wrong})[0].task("double").checks[1]
    assert after.visibility == "hidden"
    assert after.message == f"{before.message}\n{LEAD}Arrays are not doubled."
    assert undiagnosed(after.message) == before.message
    assert not re.search(r"\d\.\d\d", after.message)


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
def test_a_variant_that_never_answers_costs_its_time_and_no_more(
    tiny_course: Course, hangs: str
) -> None:
    course = with_limits(tiny_course, check_seconds=1)
    write_variant(course, "a_first", "It never ends.\n\nfails: double\nsays: x", hangs)
    (report,) = in_turn(course, {**RIGHT, "double": SQUARE})
    assert report.task("double").checks[0].misconception == "variant:square"


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
    def told() -> list[str]:
        (report,) = in_turn(tiny_course, {**RIGHT, "double": SQUARE})
        return [c.message.partition(LEAD)[2] for c in report.task("double").checks]

    header = "{}.\n\nfails: double\nsays: x"
    write_variant(tiny_course, "to_the_second", header.format("Raised to the second power"), SQUARE)
    assert told()[0] == "Squared in place of doubled. Or: Raised to the second power."
    write_variant(tiny_course, "times_itself", header.format("Multiplied by itself"), SQUARE)
    assert told() == ["", ""]


def test_an_author_can_keep_a_variant_to_herself(tiny_course: Course) -> None:
    path = tiny_course.solution_dir("tiny") / "reject" / "square.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("says:", "tells: nothing\nsays:"), encoding="utf-8")
    (report,) = in_turn(tiny_course, {**RIGHT, "double": SQUARE})
    assert not [message for _, _, message, _ in lines(report) if LEAD in message]


def test_what_a_variant_says_of_itself_is_not_what_its_checks_say() -> None:
    """Else `says:` would be found in every variant's own header."""
    message = f"the slope is wrong\n{LEAD}Bias correction is missing."
    check = CheckResult("a", "adam", "public", 1.0, "failed", message, None, 0.0, "A check")
    task = TaskReport("adam", "check-adam", 0.0, 2.0, True, (check,))
    report = Report("optimisers", "ada", 2.0, "none", 0.0, (task,))
    assert feedback(report, "adam") == "A check the slope is wrong"
