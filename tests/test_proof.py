"""The proof itself is tested: it must notice graders that accept wrong or reject right answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from submissions import RIGHT, answered

from autograder.course import Course
from autograder.errors import BuildError
from autograder.grading.marker import Marked, with_marker
from autograder.proof import judge, read_variant, validate
from autograder.proof.validate import Case

REJECT = '''"""Forgets the factor.

fails: double
says: times ½
"""
# %% double
def double(x):
    return x
'''


def write(folder: Path, text: str) -> Path:
    path = folder / "variant.py"
    path.write_text(text)
    return path


def test_a_variant_says_what_it_replaces_and_what_it_costs(tmp_path: Path) -> None:
    variant = read_variant(write(tmp_path, REJECT), "reject")
    assert variant.description == "Forgets the factor."
    assert variant.fails == {"double"}
    assert variant.says == ((None, "times ½"),)
    assert variant.cells == {"double": "def double(x):\n    return x"}


@pytest.mark.parametrize(
    ("text", "kind", "complaint"),
    [
        ("x = 1\n", "accept", "docstring"),
        ('"""Right."""\n', "accept", "no cell is replaced"),
        ('"""Wrong."""\n# %% double\nx = 1\n', "reject", "fails:"),
        (REJECT, "accept", "accept variant fails nothing"),
        (REJECT.replace("says:", "says[mean]:"), "reject", "says[mean]"),
        (REJECT.replace("return x", "return ("), "reject", "line"),
    ],
)
def test_a_malformed_variant_is_refused_by_name(
    text: str, kind: str, complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(BuildError, match=r"variant\.py") as caught:
        read_variant(write(tmp_path, text), kind)  # type: ignore[arg-type]
    assert complaint in str(caught.value)


def test_a_good_assignment_is_as_it_should_be(tiny_course: Course) -> None:
    verdicts = list(validate(tiny_course, "tiny", processes=2))
    assert [verdict for verdict in verdicts if verdict.complaints] == []
    names = {verdict.case for verdict in verdicts}
    assert {"build", "reference", "starter", "only double", "only mean"} <= names
    assert any(name.startswith("accept/") for name in names)
    assert any(name.startswith("reject/") for name in names)


@pytest.fixture(scope="module")
def wrong_double(make_tiny_course) -> tuple[Case, Marked]:
    course = make_tiny_course()
    notebook = answered(course, double="def double(x):\n    return x", mean=RIGHT["mean"])
    marked = frozenset({"double", "mean"})
    case = Case("reject/no_factor", notebook, marked, fails=frozenset({"double"}))
    return case, with_marker(course, "tiny", lambda marker: marker.mark(notebook, "reference"))


def test_a_wrong_answer_that_keeps_its_marks_is_a_complaint(wrong_double) -> None:
    case, marked = wrong_double
    blind = replace(
        marked.report,
        tasks=tuple(replace(task, points=task.max_points) for task in marked.report.tasks),
    )
    complaints = judge(case, replace(marked, report=blind)).complaints
    assert any("no check noticed" in complaint for complaint in complaints)


def test_a_right_answer_that_loses_marks_is_a_complaint(wrong_double) -> None:
    case, marked = wrong_double
    complaints = judge(replace(case, fails=frozenset()), marked).complaints
    assert any("double lost" in complaint for complaint in complaints)


def test_points_for_nothing_are_a_complaint(wrong_double) -> None:
    case, marked = wrong_double
    starter = replace(case, fails=frozenset({"double", "mean"}), zero=frozenset({"mean"}))
    complaints = judge(starter, marked).complaints
    assert any("for nothing" in complaint for complaint in complaints)


def test_a_phrase_that_is_not_said_is_a_complaint(wrong_double) -> None:
    case, marked = wrong_double
    mute = replace(case, says=((None, "the moon is made of cheese"),))
    assert any("does not say" in complaint for complaint in judge(mute, marked).complaints)
    assert not judge(replace(case, says=()), marked).complaints
