"""The proof itself is tested: it must notice graders that accept wrong or reject right answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from submissions import RIGHT, answered

from autograder.errors import BuildError
from autograder.grading.marker import Marked, with_marker
from autograder.notebook.accepts import read_accept
from autograder.notebook.mistakes import Mistake
from autograder.proof.verdicts import Case, judge_naming


def test_an_accept_says_what_it_replaces(tmp_path: Path) -> None:
    path = tmp_path / "odd.py"
    path.write_text('"""Adds."""\n\n# %% double\ndef double(x):\n    return x + x\n')
    accept = read_accept(path)
    assert (accept.name, accept.description) == ("odd", "Adds.")
    assert accept.cells == {"double": "def double(x):\n    return x + x"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = 1\n", "docstring"),
        ('"""Right."""\n', "no cell is replaced"),
        ('"""Right."""\n# %% double\nx = (\n', "line 3"),
    ],
)
def test_a_malformed_accept_is_refused_by_name(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.py"
    path.write_text(text)
    with pytest.raises(BuildError, match=r"odd\.py") as caught:
        read_accept(path)
    assert complaint in str(caught.value)


@pytest.fixture(scope="module")
def wrong_double(make_tiny_course) -> tuple[Case, Marked]:
    course = make_tiny_course()
    notebook = answered(course, double="def double(x):\n    return x", mean=RIGHT["mean"])
    marked = frozenset({"double", "mean"})
    case = Case("mistake/double.no_factor", notebook, marked, fails=frozenset({"double"}))
    return case, with_marker(course, "tiny", lambda marker: marker.mark(notebook, "reference"))


def diagnosed(marked: Marked, sentence: str) -> Marked:
    tasks = [
        replace(task, checks=tuple(replace(c, diagnosis=sentence) for c in task.checks))
        for task in marked.report.tasks
    ]
    return replace(marked, report=replace(marked.report, tasks=tuple(tasks)))


FORGOTTEN = "The factor is forgotten."


@pytest.mark.parametrize(
    ("tells", "said", "inputs", "complaints"),
    [
        (FORGOTTEN, "", "", ["it is not named"]),
        (FORGOTTEN, "", "fresh", ["with the inputs 'fresh' it is not named"]),
        (FORGOTTEN, FORGOTTEN, "", []),
        (FORGOTTEN, "No.", "", ["another mistake is named"]),
        ("", "", "", []),
        ("", "No.", "", ["another mistake is named"]),
    ],
)
def test_a_mistake_is_named_by_its_own_sentence_and_by_none_where_it_has_none(
    tells: str, said: str, inputs: str, complaints: list[str], wrong_double: tuple[Case, Marked]
) -> None:
    case, marked = wrong_double
    known = replace(case, mistake=Mistake("double.no_factor", {}, case.fails, tells=tells))
    found = judge_naming(known, diagnosed(marked, said), inputs)
    assert [text.partition(":")[0] for text in found] == complaints
