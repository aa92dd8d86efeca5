"""docs/proof.md: made of what was found, the same every time, and never out of date."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import Course, load_course
from autograder.proof.mutants import Outcome, mutants
from autograder.proof.page import COMMAND, Proof, Tally, digest, page
from autograder.proof.verdicts import Verdict

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "proof.md"


@pytest.fixture
def proof(tiny_course: Course) -> Proof:
    """Every fourth mutant survives, another fourth is equivalent, one is noticed elsewhere."""
    outcomes = []
    for number, mutant in enumerate(mutants(tiny_course, "tiny")):
        checks = ("test_three_is_doubled", f"test_{number % 2}[a]")
        killed = Outcome(mutant, "killed", checks)
        equivalent = Outcome(mutant, "equivalent", proof="It is the same number.")
        outcomes.append([killed, Outcome(mutant, "survived"), killed, equivalent][number % 4])
    outcomes[1] = Outcome(outcomes[1].mutant, "elsewhere", elsewhere=("mean",))
    square = Verdict("mistake/double.square", 1, 6, 0.5, (), lost=(("double", ("test_0[b]",)),))
    loops = Verdict("accept/loops", 6, 6, 0.5, ())
    return Proof("tiny", digest(tiny_course, "tiny"), [square, loops], outcomes)


def rows(text: str) -> list[list[str]]:
    return [
        [cell.strip(" `*") for cell in line.strip("|").split("|")]
        for line in text.split("\n")
        if line.startswith("| ")
    ]


def test_what_a_page_says_of_others_stays_while_it_is_true(
    tiny_course: Course, proof: Proof
) -> None:
    text = page(tiny_course, [proof])
    assert page(tiny_course, [], text) == text
    assert page(tiny_course, [proof], text.replace("same number", "same number, then")) == text
    (tiny_course.solution_dir("tiny") / "mistakes.toml").unlink()
    assert "## Tiny steps" not in page(tiny_course, [], text)


def test_the_table_counts_what_became_of_every_mutant(tiny_course: Course, proof: Proof) -> None:
    (total,) = (row for row in rows(page(tiny_course, [proof])) if row[0] == "tiny")
    tally = Tally.of(proof.outcomes)
    assert tally.made == tally.killed + tally.equivalent + tally.surviving
    score = 100 * tally.killed / (tally.made - tally.equivalent)
    assert total[1:-1] == ["2", "1", *map(str, (tally.made, tally.killed, tally.equivalent,
                                               tally.surviving))]  # fmt: skip
    assert float(total[-1].removesuffix(" %")) == pytest.approx(score, abs=0.1)


def test_survivors_are_shown_with_their_lines(tiny_course: Course, proof: Proof) -> None:
    text = page(tiny_course, [proof])
    for outcome in proof.outcomes:
        mutant = outcome.mutant
        shown = f"`{mutant.id}`, task `{mutant.task}`, {mutant.operator}" in text
        assert shown == (outcome.verdict in ("survived", "elsewhere"))
        assert (f"`{mutant.id}`, task `{mutant.task}`, `" in text) == (
            outcome.verdict == "equivalent"
        )
    assert "; only `mean` noticed" in text
    assert len(re.findall(r"^@@ -\d", text, re.MULTILINE)) == Tally.of(proof.outcomes).surviving


def test_a_check_is_named_with_what_it_alone_notices(tiny_course: Course, proof: Proof) -> None:
    alone = [
        replace(outcome, checks=("test_three_is_doubled",)) if outcome.checks else outcome
        for outcome in proof.outcomes
    ]
    found = rows(page(tiny_course, [replace(proof, outcomes=alone)]))
    (row,) = (row for row in found if row[:2] == ["double", "test_three_is_doubled"])
    killed = Tally.of(o for o in alone if o.mutant.task == "double").killed
    assert row[2:] == ["public", str(killed), str(killed), "0"]
    (row,) = (row for row in found if row[:2] == ["double", "test_0"])
    assert row[2:] == ["hidden", "0", "0", "1"]


def test_the_order_in_which_mutants_were_marked_does_not_show(
    tiny_course: Course, proof: Proof
) -> None:
    backwards = replace(
        proof, verdicts=list(proof.verdicts)[::-1], outcomes=list(proof.outcomes)[::-1]
    )
    assert page(tiny_course, [backwards]) == page(tiny_course, [proof])


@pytest.mark.parametrize(
    "file", ["tiny.py", "checks.py", "hidden_checks.py", "mistakes.toml", "equivalent.toml"]
)
def test_a_page_is_out_of_date_when_what_it_speaks_of_has_changed(
    tiny_course: Course, proof: Proof, file: str
) -> None:
    text = page(tiny_course, [proof])
    assert digest(tiny_course, "tiny") in text
    path = tiny_course.solution_dir("tiny") / file
    path.write_text(path.read_text() + "\n# Another line.\n" if path.exists() else "")
    assert digest(tiny_course, "tiny") not in text


@pytest.mark.long
def test_the_page_in_docs_speaks_of_the_course_as_it_is() -> None:
    """A slow proof: all mutants of an assignment are marked anew when a file of it changes."""
    course = load_course(ROOT)
    names = [name for name in course.names if not course.is_plain(name)]
    text = PAGE.read_text(encoding="utf-8")
    stale = [name for name in names if digest(course, name) not in text]
    assert stale == [], f"docs/proof.md is out of date: run `{COMMAND}`"
