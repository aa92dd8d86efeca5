"""`autograder validate`: what it says and writes of a good assignment, and does not do twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from proving import cases_in, run_validate

from autograder.course import Course, load_course
from autograder.grading.command import Command
from autograder.grading.pool import Job
from autograder.proof import Validation, Verdict, validate
from autograder.proof.results import to_junit

CASES = {
    *("build", "lint", "nbval", "points", "budget", "reference", "starter"),
    *("only double", "only mean", "only test-triple"),
    *("accept/loops", "mistake/double.square", "mistake/mean.sum"),
}


# An assignment that is as it should be


@pytest.fixture(scope="module")
def good(make_tiny_course: Callable[[], Course]) -> tuple[Course, str]:
    """The tiny course after `validate` with all its outputs, and what that printed."""
    course = make_tiny_course()
    result = run_validate(course.root, "--json", "out/found.json", "--junit", "out/found.xml")
    assert result.returncode == 0, result.stdout + result.stderr
    return course, result.stdout


def test_every_promise_is_a_row_of_the_table(good: tuple[Course, str]) -> None:
    _, printed = good
    rows = [line for line in printed.splitlines() if line.rstrip().endswith("yes")]
    assert {row.rsplit("  ", 1)[0].split("  ")[0] for row in rows} == CASES
    assert f"tiny: {len(CASES)} verdicts, all as they should be" in printed


def test_json_has_what_every_case_scored_lost_and_took(good: tuple[Course, str]) -> None:
    found = cases_in(good[0].root / "out" / "found.json")
    assert found.keys() == {"tiny"}
    cases = found["tiny"]
    assert cases.keys() == CASES
    assert all(case["ok"] and case["complaints"] == [] for case in cases.values())
    assert not any(case["known"] for case in cases.values())
    assert (cases["reference"]["score"], cases["reference"]["max_score"]) == (6, 7)  # 1 by hand
    assert (cases["starter"]["score"], cases["only mean"]["score"]) == (0, 3)
    lost = cases["mistake/mean.sum"]["lost"]
    assert lost == {"mean": ["test_mean_of_three_numbers", "test_mean_of_random_numbers"]}
    assert 0 < cases["budget"]["cpu_seconds"] == cases["reference"]["cpu_seconds"]


def test_junit_has_a_suite_for_the_assignment_and_a_test_for_each_case(
    good: tuple[Course, str],
) -> None:
    root = ElementTree.parse(good[0].root / "out" / "found.xml").getroot()
    (suite,) = root.findall("testsuite")
    assert suite.get("name") == "tiny"
    assert {case.get("name") for case in suite.findall("testcase")} == CASES
    assert all(float(case.get("time", "-1")) >= 0 for case in suite.iter("testcase"))
    assert (suite.get("tests"), suite.get("failures")) == (str(len(CASES)), "0")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Job | Command]:
    """Whatever is marked or run from now on."""
    seen: list[Job | Command] = []
    work_through = validate.work_through

    def count(course: Course, jobs: dict[str, list[Job]], commands: list[Command], **how: object):
        seen.extend([*(job for each in jobs.values() for job in each), *commands])
        return work_through(course, jobs, commands, **how)

    monkeypatch.setattr(validate, "work_through", count)
    return seen


def verdicts(course: Course, **options: object) -> dict[str, Verdict]:
    validation = Validation(course, ["tiny"], processes=1, **options)
    found = [verdict for _, verdict in validation.run()]
    assert len(found) == validation.total
    return {verdict.case: verdict for verdict in found}


def test_a_second_run_marks_and_runs_nothing(
    good: tuple[Course, str], asked: list[Job | Command]
) -> None:
    again = verdicts(good[0])
    assert asked == []
    assert again.keys() == CASES
    assert [v.case for v in again.values() if v.complaints] == []
    assert {v.case for v in again.values() if not v.known} == {"points", "budget"}  # sums
    assert again["mistake/mean.sum"].lost[0][0] == "mean"


def copied(course: Course, folder: Path) -> Course:
    """The course with its cache at another place."""
    shutil.copytree(course.root, folder, dirs_exist_ok=True)
    return load_course(folder)


def rewritten(course: Course, old: str, new: str) -> None:
    """Change the file of known mistakes."""
    path = course.solution_dir("tiny") / "mistakes.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_changed_mistake_is_marked_and_no_other_until_it_is_right(
    good: tuple[Course, str], asked: list[Job | Command], tmp_path: Path
) -> None:
    course = copied(good[0], tmp_path)
    rewritten(course, "np.sum(x)", "np.mean(x)")
    for times in (1, 2):
        again = verdicts(course)
        # Whole, for its task alone, and with two other sets of inputs.
        assert len(asked) == 4 * times
        assert (
            again["mistake/mean.sum"].complaints[0] == "mean kept all its marks: no check noticed"
        )
        assert again["mistake/double.square"].known
    rewritten(course, "np.mean(x)", "np.sum(x)")
    assert verdicts(course)["mistake/mean.sum"].complaints == ()
    assert len(asked) == 8  # known from before


def test_a_changed_sentence_is_looked_for(
    good: tuple[Course, str], asked: list[Job | Command], tmp_path: Path
) -> None:
    course = copied(good[0], tmp_path)
    rewritten(course, "Squared in place of doubled.", "Raised to the second power.")
    assert verdicts(course)["mistake/double.square"].complaints == ()
    assert len(asked) == 3  # the whole notebook is marked without a word on mistakes


def test_only_the_first_mistake_in_a_task_is_marked_among_all_others(
    good: tuple[Course, str], asked: list[Job | Command], tmp_path: Path
) -> None:
    """The second is, too, as soon as it names or replaces another task's."""
    course = copied(good[0], tmp_path)
    path = course.solution_dir("tiny") / "mistakes.toml"
    path.write_text(
        path.read_text()
        + """
[mean.twice]
tells = "Twice the sum."
sure = true
old = "np.add.reduce(x) / len(x)"
new = "2.0 * np.sum(x)"

[mean.two]
tells = "nothing"
cells.mean = "def mean(x): return 2.5 * np.sum(x)"
cells.double = "def double(x): return 2.0 * x"
"""
    )
    found = verdicts(course)
    names = ("sum", "twice", "two")
    assert [found[f"mistake/mean.{name}"].complaints for name in names] == [()] * 3
    assert [found[f"mistake/mean.{name}"].max_score for name in names] == [7, 3, 7]
    assert found["mistake/mean.twice"].lost == found["mistake/mean.sum"].lost


def test_mutants_are_a_row_of_all_that_is_written(good: tuple[Course, str]) -> None:
    words = ("--mutants", "--json", "out/mutants.json", "--junit", "out/mutants.xml")
    result = run_validate(good[0].root, *words)
    found = cases_in(good[0].root / "out" / "mutants.json")["tiny"]
    assert found.keys() == CASES | {"mutants", "sampled mutants"}
    killed, made = found["mutants"]["score"], found["mutants"]["max_score"]
    assert f"tiny: {killed} of {made} mutants killed" in result.stdout
    rows = [found[name]["ok"] for name in ("mutants", "sampled mutants")]
    assert result.returncode == (0 if all(rows) else 1)
    names = ElementTree.parse(good[0].root / "out" / "mutants.xml").iter("testcase")
    assert "mutants" in {case.get("name") for case in names}


def test_no_cache_would_try_everything_again(
    good: tuple[Course, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def nothing_done(_: Course, jobs: dict[str, list[Job]], commands: list[Command], **__: object):
        asked.append((len(jobs["tiny"]), len(commands)))
        return iter(())

    monkeypatch.setattr(validate, "work_through", nothing_done)
    list(Validation(good[0], processes=1, reuse=False).run())
    assert asked == [(14, 1)]


def test_less_than_thorough_is_a_part_of_it(good: tuple[Course, str]) -> None:
    tried = []
    for thorough in (True, False):
        validation = Validation(good[0], processes=1, reuse=False, thorough=thorough)
        with validation._scratch:
            jobs = validation._proofs["tiny"].jobs
            tried.append({trial.case.name for trial in jobs.values()})
    assert tried[1] < tried[0]
    assert all(name.startswith("mistake/") for name in tried[0] - tried[1])


# What needs no marking


def test_an_assignment_that_was_never_built_says_how_to(tiny_course: Course) -> None:
    shutil.rmtree(tiny_course.release_dir("tiny"))
    (verdict,) = verdicts(tiny_course).values()
    assert "run `autograder build tiny` first" in verdict.complaints[0]


def test_control_characters_do_not_break_the_xml() -> None:
    verdict = Verdict("starter", 0.0, 7.0, 0.5, ("\x1b[31mred\x00 & <bold>\nsecond line",))
    failure = ElementTree.fromstring(to_junit({"tiny": [verdict]})).find(".//failure")
    assert failure is not None
    assert failure.get("message") == "�[31mred� & <bold>"
    assert failure.text is not None
    assert failure.text.endswith("second line")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["teeny"], "did you mean 'tiny'"),
        (["--junit", "course.yml/found.xml"], "course.yml/found.xml cannot be written"),
        (["--sandbox", "concrete"], "concrete"),
        (["--jobs", "0"], "--jobs"),
    ],
)
def test_misuse_ends_with_2_before_anything_is_tried(
    words: list[str], said: str, tiny_course: Course
) -> None:
    result = run_validate(tiny_course.root, *words)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
