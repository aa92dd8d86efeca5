"""Mutants are marked, their survivors listed, and what is said to be equivalent is checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tiny import with_limits

from autograder.authoring import build
from autograder.cli.proving import as_sample, try_and_write
from autograder.course import Course, load_course
from autograder.errors import AutograderError, BuildError
from autograder.grading.marker import Marked, Marker, with_marker
from autograder.grading.report import Report
from autograder.grading.sheets import read_sheets
from autograder.notebook import with_sources
from autograder.proof.mutants import Outcome, mutants, sampled, trials, try_mutants
from autograder.proof.mutants.records import equivalents
from autograder.proof.page import digest

ROOT = Path(__file__).resolve().parent.parent

# A mean in which twice the sum is divided by twice the number: any factor would do.
MEAN = "return double(np.add.reduce(x)) / double(len(x))"
WEAK = '''\
"""What students can check themselves."""

from autograder.checks import close, task


@task("double")
def test_zero_is_doubled(student):
    """Twice 0 is 0."""
    close(student.double(0.0), 0.0)


@task("mean")
def test_mean_of_three_numbers(student):
    """The mean of 1, 2 and 6 is 3."""
    close(student.mean([1.0, 2.0, 6.0]), 3.0)
'''
STRONG = (
    WEAK
    + '''

@task("double")
def test_three_is_doubled(student):
    """Twice 3 is 6."""
    close(student.double(3.0), 6.0)
'''
)
RECORD = """\
[[double]]
why = "Who would notice?"
old = "2.0"
new = "{factor}"

"""


def solution(course: Course) -> Path:
    return course.solution_dir("tiny")


@pytest.fixture
def weak(weak_course: Course) -> Iterator[Course]:
    """The course whose check of `double` is weak; a test may record what is equivalent."""
    yield weak_course
    (solution(weak_course) / "equivalent.toml").unlink(missing_ok=True)
    (solution(weak_course) / "checks.py").write_text(WEAK)


@pytest.fixture(scope="module")
def weak_course(make_tiny_course) -> Course:
    course = make_tiny_course()
    master = solution(course) / "tiny.py"
    master.write_text(master.read_text().replace("return np.add.reduce(x) / len(x)", MEAN))
    (solution(course) / "checks.py").write_text(WEAK)
    (solution(course) / "hidden_checks.py").unlink()
    mistakes = solution(course) / "mistakes.toml"
    text = mistakes.read_text().replace("np.add.reduce(x) / len(x)", MEAN.removeprefix("return "))
    mistakes.write_text(text)
    build(course)
    return course


def tried(course: Course, cell: str = "double") -> dict[str, Outcome]:
    """Return what becomes of the mutants of a cell, by their last line."""
    chosen = [mutant for mutant in mutants(course, "tiny") if mutant.cell == cell]
    outcomes = try_mutants(course, "tiny", processes=1, only=chosen)
    return {outcome.mutant.source.split("\n")[-1].strip(): outcome for outcome in outcomes}


def test_what_a_weak_check_lets_through_survives_and_a_strong_one_kills_it(weak: Course) -> None:
    found = tried(weak)
    killed = found["return 2.0"]
    assert (killed.verdict, killed.checks) == ("killed", ("test_zero_is_doubled",))
    assert found["return x * 3.0"].verdict == "survived"
    noticed = found["return x * 0"]
    assert (noticed.verdict, noticed.elsewhere) == ("elsewhere", ("mean",))

    (solution(weak) / "checks.py").write_text(STRONG)
    found = tried(weak)
    assert {outcome.verdict for outcome in found.values()} == {"killed"}
    assert found["return x * 3.0"].checks == ("test_three_is_doubled",)


@pytest.mark.parametrize(
    ("factor", "checks", "verdict", "complaint"),
    [
        ("3.0", WEAK, "equivalent", ""),
        ("3.0", STRONG, "killed", "but killed by test_three_is_doubled"),
        ("0", WEAK, "elsewhere", "but noticed by mean"),
    ],
)
def test_a_record_makes_a_survivor_equivalent_and_is_refuted_where_a_check_notices(
    weak: Course, factor: str, checks: str, verdict: str, complaint: str
) -> None:
    (solution(weak) / "equivalent.toml").write_text(RECORD.format(factor=factor))
    (solution(weak) / "checks.py").write_text(checks)
    outcome = tried(weak)[f"return x * {factor}"]
    assert outcome.verdict == verdict
    assert outcome.complaint == (complaint and f"recorded as equivalent, {complaint}")
    assert outcome.proof == ("" if complaint else "Who would notice?")


def test_a_sample_holds_mutants_of_accepts_and_pairs_in_a_fixed_order(weak: Course) -> None:
    made = mutants(weak, "tiny")
    few, more = (sampled(weak, "tiny", made, (), size) for size in (3, 6))
    of_mean = [mutant.kind for mutant in few if mutant.task == "mean"]
    assert of_mean == ["accept", "accept", "pair"]
    assert {mutant.id for mutant in few} < {mutant.id for mutant in more}
    assert not {mutant.id for mutant in more} & {mutant.id for mutant in made}
    assert sampled(weak, "tiny", made, (), 3) == few


def test_a_pair_has_both_mistakes_and_no_equivalent_one(weak: Course) -> None:
    made = {mutant.source.rpartition("return ")[2]: mutant for mutant in mutants(weak, "tiny")}
    both = [
        made["double(x) / double(len(x))"],
        made["double(np.add.reduce(x)) / len(x)"],
    ]
    (pair,) = (each for each in sampled(weak, "tiny", both, ()) if each.kind == "pair")
    assert pair.source.endswith("return double(x) / len(x)")
    assert "-    return double(np.add.reduce(x)) / double(len(x))" in pair.diff
    equivalent = sampled(weak, "tiny", both, [both[0].id])
    assert {each.kind for each in equivalent} == {"accept"}


def test_two_mistakes_that_undo_each_other_can_be_recorded(weak: Course) -> None:
    made = mutants(weak, "tiny")
    sources = ("np.add.reduce(x) / double(len(x))", "double(np.add.reduce(x)) / len(x)")
    both = [mutant for mutant in made if mutant.source.endswith(sources)]
    (pair,) = (each for each in sampled(weak, "tiny", both, ()) if each.kind == "pair")
    text = "[[mean]]\nwhy = 'No factor is the same as two.'\nboth = true\n"
    text += "edits = [['double(np.add.reduce(x))', 'np.add.reduce(x)'],"
    text += " ['double(len(x))', 'len(x)']]\n"
    (solution(weak) / "equivalent.toml").write_text(text)
    (outcome,) = try_mutants(weak, "tiny", processes=1, only=[pair])
    assert (outcome.verdict, outcome.proof) == ("equivalent", "No factor is the same as two.")


def test_a_mutant_of_an_accept_is_marked_among_the_accept_and_can_be_recorded(
    weak: Course,
) -> None:
    drawn = sampled(weak, "tiny", [], (), 100)
    # The solution's mean would notice: it doubles twice.
    (zero,) = (mutant for mutant in drawn if "twice = x - x" in mutant.source)
    (sign,) = (mutant for mutant in drawn if "total -= value" in mutant.source)
    found = {o.mutant.id: o for o in try_mutants(weak, "tiny", processes=1, only=[zero, sign])}
    assert found[zero.id].verdict == "survived"
    assert found[sign.id].verdict == "killed"
    text = "[[double]]\nwhy = 'p'\naccept = 'loops'\nold = 'x + x'\nnew = 'x - x'\n"
    (solution(weak) / "equivalent.toml").write_text(text)
    (outcome,) = try_mutants(weak, "tiny", processes=1, only=[zero])
    assert (outcome.verdict, outcome.proof) == ("equivalent", "p")


def test_a_sample_may_lose_what_98_of_100_leave(weak: Course) -> None:
    def verdict(killed: int, survived: int) -> tuple[str, ...]:
        mutant = mutants(weak, "tiny")[0]
        outcomes = [Outcome(mutant, "killed")] * killed + [Outcome(mutant, "survived")] * survived
        return as_sample(outcomes).complaints

    assert verdict(96, 4) == verdict(19, 1) == ()
    assert verdict(95, 5) == (f"{mutants(weak, 'tiny')[0].id} survives",) * 5
    assert verdict(18, 2)
    assert verdict(974, 26) == ()
    assert verdict(970, 30)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("double = 3", r"a record stands below its cell, as in \[\[double\]\]"),
        ("[double]\nwhy = 'p'", r"a record stands below its cell, as in \[\[double\]\]"),
        ("[[double]]\nold = '2.0'\nnew = '3.0'", "line 1 .double.: `why` must say"),
        ("[[double]]\nwhy = 3", "`why` must be a text"),
        ("[[double]]\nwhy = 'p'\ncell = 'double'", "cell means nothing"),
        ("[[double]]\nwhy = 'p'", "nothing is changed"),
        (f"{RECORD.format(factor='3.0')}both = true", "`both = true` is for two `edits`"),
        (f"{RECORD.format(factor='3.0')}accept = 'no'", "there is no .*no.py"),
        (f"{RECORD.format(factor='3.0')}accept = 'loops'", "is not in accept/loops.py in double"),
        ("[[double]]\nwhy = 'p'\nold = 'x'\nnew = 'y'", "is 3 times in the answer in double"),
        ("[[twice]]\nwhy = 'p'\nold = '2'\nnew = '3'", "no answer is in a cell called twice"),
        ("[[double]", r"equivalent\.toml: "),
        (RECORD.format(factor="7.0"), r"equivalent\.toml, line 1 \(double\): no mutant.*`7.0`"),
        (2 * RECORD.format(factor="3.0"), r"line 6 \(double\): .* recorded twice"),
    ],
)
def test_a_malformed_or_stale_record_is_refused_with_file_and_line(
    weak: Course, text: str, complaint: str
) -> None:
    (solution(weak) / "equivalent.toml").write_text(text)
    with pytest.raises(BuildError, match=complaint):
        equivalents(weak, "tiny", mutants(weak, "tiny"))


def test_mutants_with_the_same_reason_share_a_record(weak: Course) -> None:
    text = "[[double]]\nwhy = 'p'\nedits = [['2.0', '3.0'], ['x * 2.0', 'x / 2.0']]\n"
    (solution(weak) / "equivalent.toml").write_text(text)
    made = mutants(weak, "tiny")
    proofs = equivalents(weak, "tiny", made)
    sources = [mutant.source for mutant in made if mutant.id in proofs]
    assert sorted(source.split("return ")[1] for source in sources) == ["x * 3.0", "x / 2.0"]
    assert set(proofs.values()) == {"p"}


def test_a_task_alone_gets_what_it_gets_in_the_whole_notebook(weak: Course) -> None:
    (sheet,) = read_sheets(weak, "tiny")
    wrong = {"double": "def double(x):\n    return x / 0", "mean": "def mean(x):\n    return x[0]"}
    whole = with_sources(sheet.released, wrong)

    def mark(marker: Marker) -> tuple[Report, list[Report]]:
        alone = [
            marker.mark(replace(sheet, released=whole).only(test).released, "ada", task=task).report
            for task, test in (("double", "check-double"), ("mean", "check-mean"))
        ]
        return marker.mark(whole, "ada").report, alone

    report, alone = with_marker(weak, "tiny", mark)
    for each in alone:
        (task,) = each.tasks
        expected = report.task(task.id)
        assert (task.points, task.max_points) == (expected.points, expected.max_points)
        assert [(c.id, c.status, c.message) for c in task.checks] == [
            (c.id, c.status, c.message) for c in expected.checks
        ]


def test_what_was_tried_before_is_not_marked_again(
    weak: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tried(weak)
    marked = []

    def watched(course, name, jobs, **options):
        marked.extend(jobs)
        yield from ()

    monkeypatch.setattr(trials, "mark_all", watched)
    assert tried(weak) == first
    assert marked == []


def test_a_reference_that_loses_points_proves_nothing(weak: Course) -> None:
    (solution(weak) / "checks.py").write_text(WEAK.replace("0.0), 0.0)", "0.0), 1.0)"))
    with pytest.raises(AutograderError, match="reference itself loses points in double"):
        list(try_mutants(weak, "tiny", processes=1))


def test_a_reference_that_lost_once_is_marked_again(
    weak: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine it may have run out of time: that must not stay known."""
    with monkeypatch.context() as patch:
        patch.setattr(trials, "_lost", lambda marked: {_task_of(marked): ("test_it",)})
        with pytest.raises(AutograderError, match="reference itself loses points in"):
            list(try_mutants(weak, "tiny", processes=1))
    assert tried(weak)


def _task_of(marked: Marked) -> str:
    """The one task that was marked; which of them comes first is nobody's promise."""
    return next(task.id for task in marked.report.tasks if task.points is not None)


def test_a_plain_test_cell_kills_too(weak: Course) -> None:
    outcome = tried(weak, "triple")["return x + x - x"]
    assert (outcome.verdict, outcome.checks) == ("killed", ("test-triple",))


def test_the_command_shows_what_survives_and_writes_the_page(
    weak: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "proof.md"
    found = try_and_write(weak, {"tiny": []}, 1, "auto", path)
    of_solution, of_others = found["tiny"]
    assert any("survives" in what for what in of_solution.complaints)
    assert of_others.case == "sampled mutants"
    shown = capsys.readouterr().out
    assert "+    return x * 3.0" in shown
    assert "(only mean noticed)" in shown
    text = path.read_text()
    assert "+    return x * 3.0" in text
    assert "; only `mean` noticed" in text
    assert digest(weak, "tiny") in text


ENDLESS = """\
left, twice = x, x
    while left > 0:
        left -= 1
        twice += 1
    return twice"""


def test_a_mutant_that_never_ends_is_killed(make_tiny_course) -> None:
    course = with_limits(make_tiny_course(), check_seconds=2)
    master = solution(course) / "tiny.py"
    master.write_text(master.read_text().replace("return x * 2.0", ENDLESS))
    (solution(course) / "checks.py").write_text(STRONG)
    (solution(course) / "hidden_checks.py").unlink()
    build(course)
    (endless,) = (
        mutant
        for mutant in mutants(course, "tiny")
        if mutant.operator == "dropped statement" and mutant.change == "-        left -= 1"
    )
    (outcome,) = try_mutants(course, "tiny", processes=1, only=[endless])
    assert (outcome.verdict, outcome.checks) == ("killed", ("test_three_is_doubled",))


def test_every_record_of_the_course_speaks_of_a_mutant() -> None:
    course = load_course(ROOT)
    for name in course.names:
        if not course.is_plain(name):
            made = mutants(course, name)
            # One that speaks of no mutant, of ours or of an accept, is an error.
            known = equivalents(course, name, made).keys() & {mutant.id for mutant in made}
            assert 0 < len(known) < len(made)
