"""`autograder reference`: right solutions stay in their envelope, wrong ones do not."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest
from small_runs import RUN, compared, envelope, is_released, recorded, write
from typer.testing import CliRunner

from autograder.checks import convergence
from autograder.cli import app
from autograder.course import Course
from autograder.errors import AutograderError, CourseError
from autograder.reference import Curve, Metric, Trace
from autograder.reference.devices import Machine
from autograder.reference.judge import Judge
from autograder.reference.recorded import read_recorded, write_recorded
from autograder.reference.released import write_released
from autograder.reference.runs import PartReport, Settings, compare, record
from autograder.reference.work import Order, Outcome


@pytest.fixture
def fresh(tiny_course: Course) -> Course:
    """The tiny course with a reference run of two parts, not recorded yet."""
    write(tiny_course, RUN)
    return tiny_course


@pytest.fixture(scope="module")
def right(make_tiny_course: Callable[[], Course]) -> tuple[list[PartReport], str]:
    """Return what came of recording it, and the envelope that was written."""
    course = make_tiny_course()
    write(course, RUN)
    reports = recorded(course)
    return reports, envelope(course).read_text()


@pytest.fixture
def course(fresh: Course, right: tuple[list[PartReport], str]) -> Course:
    """The same, recorded."""
    envelope(fresh).parent.mkdir()
    envelope(fresh).write_text(right[1])
    return fresh


# A run, recorded and made again


def test_what_is_recorded_is_what_the_runs_did(right: tuple[list[PartReport], str]) -> None:
    (guess, _), text = right
    content = json.loads(text)
    assert content["device"]["kind"] == "cpu"
    assert content["device"]["versions"].keys() == {"python", "numpy", "torch"}
    part = content["parts"]["guess"]
    assert part["seeds"] == list(range(1000, 1020))
    assert part["metrics"] == ["gap", "steps until gap by n reaches 1.5"]
    drawn = [abs(np.random.default_rng(s).normal(size=40).mean()) for s in part["seeds"]]
    assert content["metrics"]["gap"]["values"] == pytest.approx(drawn)
    bands, steps = part["curves"]["gap by n"]["bands"], part["curves"]["gap by n"]["steps"]
    assert steps[0] == 1
    assert steps[-1] == 40
    last = [outcome.trace.curves["gap by n"].values[-1] for outcome in guess.outcomes]
    assert bands["50"][-1] == pytest.approx(np.median(last), rel=1e-3)
    assert bands["0"][-1] == pytest.approx(min(last), rel=1e-3)
    timing = part["timings"]["mean"]
    assert len(timing["ratio"]) == len(timing["share_of_floor"]) == 3  # the first are timed
    assert all(0 < share < 1 for share in timing["share_of_floor"])


def test_the_checks_of_students_read_the_same_file(course: Course) -> None:
    found = convergence.read(envelope(course), "gap")
    assert len(found.values) == 20
    assert found.floor == 0.0
    convergence.check(lambda seed: abs(np.random.default_rng(seed).normal(size=40).mean()), found)


def test_how_many_run_at_once_changes_nothing(fresh: Course) -> None:
    ends = []
    for jobs in (1, 2):
        recorded(fresh, jobs=jobs, parts=["guess"], seeds=6)
        ends.append(json.loads(envelope(fresh).read_text())["metrics"])
    assert ends[0] == ends[1]


def test_a_part_alone_leaves_what_is_recorded_of_others(course: Course) -> None:
    before = json.loads(envelope(course).read_text())
    recorded(course, parts=["twice"], seeds=6)
    after = json.loads(envelope(course).read_text())
    assert after["parts"]["guess"] == before["parts"]["guess"]
    assert len(after["parts"]["twice"]["seeds"]) == 6
    assert after["metrics"].keys() == before["metrics"].keys()


# What leaves the envelope


def test_a_known_wrong_answer_leaves_it(course: Course) -> None:
    (report,) = compared(course, wrong=True)
    assert (report.part, report.mistake, report.complaints) == ("guess", "mean.sum", [])
    assert len(report.outcomes) < 10


def test_a_wrong_answer_that_stays_inside_is_a_complaint(fresh: Course) -> None:
    write(fresh, RUN.replace('{"guess": ["mean.sum"]}', '{"twice": ["mean.sum"]}'))
    recorded(fresh)
    (report,) = compared(fresh, wrong=True)
    assert report.complaints == ["mean.sum stays inside the envelope of twice"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("normal(size=40) + 3", "normal(size=40) + 4", "runs ended outside: larger than {bound:g}"),
        ("Metric(found[-1], floor", "Metric(-found[-1], floor", "beyond the floor"),
        ("0.01 + 0 *", "1.0 +", "mean: a step takes "),
        ('{"mean": timing}', '{"other": timing}', "mean: this is recorded, and was not timed now"),
    ],
)
def test_a_metric_or_a_time_that_leaves_it_is_named(
    old: str, new: str, complaint: str, course: Course
) -> None:
    write(course, RUN.replace(old, new))
    guess, twice = compared(course)
    bound = convergence.read(envelope(course), "gap").bound
    assert complaint.format(bound=bound) in guess.complaints[0]
    assert twice.complaints == []


def test_what_every_run_has_to_reach_is_refused_at_once(fresh: Course) -> None:
    write(fresh, RUN.replace("floor=0.0", "required=0.001"))
    with pytest.raises(
        AutograderError, match=r"guess, seed \d+: gap ended at .* 0.001 is required"
    ):
        recorded(fresh)
    assert not envelope(fresh).exists()
    write(fresh, RUN)
    recorded(fresh)
    write(fresh, RUN.replace("floor=0.0", "required=0.001"))
    assert "0.001 is required" in compared(fresh)[0].complaints[0]


def test_a_right_solution_leaves_its_envelope_less_often_than_promised(tmp_path: Path) -> None:
    """The rate that `checks.convergence` computes, met by drawing envelope and runs 2,000 times."""
    path, generator, left = tmp_path / "reference" / "cpu.json", np.random.default_rng(5), 0
    machine = Machine("cpu", "drawn", {})
    for _ in range(2000):
        write_recorded(path, machine, "part", drawn(generator, 20))
        judge = Judge(path, read_recorded(path)["parts"]["part"])
        for outcome in drawn(generator, judge.most):
            if judge.decided():
                break
            judge.add(outcome)
        left += bool(judge.complaints())
    # 2,000 times 9 in 100,000 is 0.18: three or more would happen once in 1,000.
    assert left <= 2


def drawn(generator: np.random.Generator, count: int) -> list[Outcome]:
    orders = (Order("part", "cpu", seed) for seed in range(count))
    ends = generator.lognormal(size=count)
    return [
        Outcome(o, Trace({"loss": Metric(end)}), 1.0) for o, end in zip(orders, ends, strict=True)
    ]


# What is wrong is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PARTS = {}", "PARTS: expected a function for each part's name"),
        ("import nothing_of_the_sort", "does not load: ModuleNotFoundError"),
        (RUN + 'WRONG = {"gess": []}', "WRONG: there is no part 'gess'"),
        (RUN + 'CPU_ONLY = ("gess",)', "CPU_ONLY: there is no part 'gess'"),
    ],
)
def test_a_file_that_is_not_in_its_form_is_named(fresh: Course, text: str, said: str) -> None:
    write(fresh, text)
    with pytest.raises(CourseError, match=re.escape(said)) as raised:
        recorded(fresh)
    assert "reference_run.py" in str(raised.value)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("seed / 0", "tiny, twice, seed 1000 failed: reference_run"),
        ("__import__('os')._exit(3)", "twice, seed 1000: the process that ran it died"),
    ],
)
def test_a_run_that_raises_or_dies_is_named_with_its_seed(
    how: str, said: str, fresh: Course
) -> None:
    write(fresh, RUN.replace('return Trace({"twice"', how + '\n    return Trace({"twice"'))
    with pytest.raises(AutograderError, match=said):
        recorded(fresh, seeds=5)
    assert list(json.loads(envelope(fresh).read_text())["parts"]) == ["guess"]


def test_no_process_is_left_when_the_command_is_killed(fresh: Course, tmp_path: Path) -> None:
    started = tmp_path / "started"
    wait = f"import os, time, pathlib; pathlib.Path({str(started)!r}).write_text(str(os.getpid()))"
    write(fresh, RUN.replace("    numbers =", f"    {wait}; time.sleep(600)\n    numbers ="))
    words = ["reference", "--device", "cpu", "--jobs", "1", "--update", "--part", "guess"]
    command = subprocess.Popen(
        [sys.executable, "-c", "from autograder.cli import app; app()", *words], cwd=fresh.root
    )
    assert soon(lambda: started.exists() and started.read_text())
    command.kill()
    command.wait()
    worker = int(started.read_text())
    assert soon(lambda: not psutil.pid_exists(worker))


def soon(there: Callable[[], object], seconds: float = 600) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if there():
            return True
        time.sleep(0.05)
    return False


def test_what_is_not_recorded_says_how_to(fresh: Course) -> None:
    for report in compared(fresh):
        again = f'autograder reference tiny --part "{report.part}" --device cpu --update'
        where = "solutions/tiny/reference/cpu.json"
        assert report.complaints == [f"{report.part} is not recorded in {where}: run `{again}`"]
    recorded(fresh, parts=["twice"])
    guess, twice = compared(fresh)
    assert (len(guess.complaints), twice.complaints) == (1, [])
    with pytest.raises(AutograderError, match="tiny has no part 'gess', only guess, twice"):
        compared(fresh, parts=["gess"])


def test_with_a_gpu_what_computes_in_numpy_is_compared_on_the_cpu_and_not_recorded_again(
    course: Course,
) -> None:
    before = envelope(course).read_text()
    (report,) = compare(course, "tiny", Settings("cuda", parts=["twice"]))
    assert report.recorded == envelope(course)
    assert (report.complaints, report.undecided) == ([], [])
    (report,) = compare(course, "tiny", Settings("cuda", parts=["guess"]))
    assert "guess is not recorded in solutions/tiny/reference/cuda.json" in report.complaints[0]
    assert list(record(course, "tiny", Settings("cuda", parts=["twice"]))) == []
    assert envelope(course).read_text() == before


def test_a_part_without_metrics_is_run_all_the_same(fresh: Course) -> None:
    write(fresh, RUN.replace('"gap": Metric(found[-1], floor=0.0)', "").replace("target=1.5", ""))
    recorded(fresh, seeds=5)
    guess, _ = compared(fresh)
    assert (len(guess.outcomes), guess.complaints) == (1, [])


def test_never_reached_is_null_in_the_file_and_outside(fresh: Course) -> None:
    write(fresh, RUN.replace("Metric(found[-1], floor=0.0)", "Metric(float('nan'), enough=1.0)"))
    recorded(fresh)
    content = json.loads(envelope(fresh).read_text())
    assert content["metrics"]["gap"]["values"] == [None] * 20
    assert Curve([3.0, 2.0], target=1.0).steps_to_target() == math.inf
    assert Curve([1.0, 4.0], every=5, better="larger", target=2.0).steps_to_target() == 10


def test_recording_again_gives_the_same_again(fresh: Course) -> None:
    recorded(fresh, seeds=7)
    before = json.loads(envelope(fresh).read_text())
    recorded(fresh)
    after = json.loads(envelope(fresh).read_text())
    assert after["metrics"] == before["metrics"]
    assert list(after["parts"]) == list(before["parts"])
    for part, content in before["parts"].items():
        assert after["parts"][part]["seeds"] == content["seeds"] == list(range(1000, 1007))
        assert after["parts"][part]["curves"] == content["curves"]


def test_what_is_left_undecided_is_not_said_to_be_well(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course.root)
    words = "reference --device cpu --jobs 1 --part guess --repeats 2 --seeds 1"
    result = CliRunner().invoke(app, words.split())
    assert "2 runs, 0 of 2 times inside" in result.output
    assert "1 not as they should be" in result.output
    assert result.exit_code == 1


def test_a_run_that_ends_in_nan_is_the_worst_and_no_hole_in_the_band(fresh: Course) -> None:
    lost = "found = [np.nan] * 40 if seed == 1003 else found"
    write(fresh, RUN.replace("curve = ", f"{lost}\n    curve = "))
    recorded(fresh, parts=["guess"])
    curve = read_recorded(envelope(fresh))["parts"]["guess"]["curves"]["gap by n"]
    assert set(curve["bands"]["100"]) == {None}
    assert None not in curve["bands"]["50"]


def test_a_part_that_is_gone_is_recorded_no_more(course: Course) -> None:
    write(course, RUN.replace(', "twice": twice', "").replace('CPU_ONLY = ("twice",)', ""))
    recorded(course)
    content = read_recorded(envelope(course))
    assert list(content["parts"]) == ["guess"]
    assert "twice" not in content["metrics"]


def test_curves_that_cannot_be_told_apart_or_placed_are_refused(fresh: Course) -> None:
    with pytest.raises(ValueError, match="at: expected 3 places, got 2"):
        Curve([1, 2, 3], at=[1, 2])
    again = 'def twice(solution, device, seed):\n    return Trace({}, {"gap by n": Curve([1.0])})\n'
    write(fresh, RUN.replace("PARTS =", again + "\nPARTS ="))
    with pytest.raises(AutograderError, match="two parts have a curve 'gap by n'"):
        recorded(fresh, seeds=5)


def test_judged_again_every_time_by_other_seeds(course: Course) -> None:
    guess, twice = compared(course, repeats=3)
    assert (guess.inside, twice.inside) == (3, 3)
    seeds = [outcome.order.seed for outcome in guess.outcomes]
    assert seeds == list(range(len(seeds)))
    assert len(seeds) >= 12
    assert sum(outcome.order.timed for outcome in guess.outcomes) == 3
    write(course, RUN.replace("normal(size=40) + 3", "normal(size=40) + 3 + (seed > 3)"))
    (report,) = compared(course, repeats=3, parts=["guess"])
    assert report.inside == 1
    assert report.complaints[0].startswith("seeds 4 to ")


# What students get: a page, and curves for their notebook


def test_students_get_the_curves_without_the_training_of_the_checks(fresh: Course) -> None:
    recorded(fresh, seeds=5)
    json_file, page = write_released(fresh, "tiny")
    assert is_released(fresh)
    content = json.loads(json_file.read_text())
    assert list(content["curves"]) == ["gap by n"]
    assert content["curves"]["gap by n"]["runs"] == 5
    text = page.read_text()
    assert "From one number to forty." in text
    assert "twice" not in text
    assert "<script" not in text
    path = envelope(fresh)
    path.write_text(path.read_text().replace('"seeds": [1000', '"seeds": [999'))
    assert not is_released(fresh)


def test_a_curve_along_something_else_says_along_what(fresh: Course) -> None:
    write(fresh, RUN.replace("target=1.5)", 'axis="numbers", at=[2 * n for n in range(1, 41)])'))
    recorded(fresh, parts=["guess"], seeds=5)
    curve = read_recorded(envelope(fresh))["parts"]["guess"]["curves"]["gap by n"]
    assert (curve["axis"], curve["steps"][:2]) == ("numbers", [2, 4])
    assert ">numbers<" in write_released(fresh, "tiny")[1].read_text()


def test_a_file_that_is_gone_or_a_text_that_changed_is_out_of_date(fresh: Course) -> None:
    recorded(fresh, seeds=5)
    json_file, _ = write_released(fresh, "tiny")
    json_file.unlink()
    assert not is_released(fresh)
    write_released(fresh, "tiny")
    assert is_released(fresh)
    write(fresh, RUN.replace("From one", "From number one"))
    assert not is_released(fresh)


def test_what_is_not_to_be_shown_any_more_goes_and_what_is_not_ours_stays(fresh: Course) -> None:
    recorded(fresh, seeds=5)
    json_file, page = write_released(fresh, "tiny")
    write(fresh, RUN.replace('"guess": guess, ', "").replace('"guess": ["mean.sum"]', ""))
    assert write_released(fresh, "tiny") == []
    assert not json_file.exists()
    assert not page.exists()
    assert is_released(fresh)
    page.write_text("<p>The author's own</p>")
    with pytest.raises(CourseError, match=r"curves.html was not written by"):
        write_released(fresh, "tiny")
    assert "own" in page.read_text()


# The command


def test_the_command_shows_compares_and_writes_its_page(
    fresh: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(fresh.root)
    runner, page = CliRunner(), tmp_path / "page.html"
    words = ["reference", "--device", "cpu", "--jobs", "1"]
    missing = runner.invoke(app, words)
    assert missing.exit_code == 1
    assert missing.output.count("is not recorded in") == 2
    assert runner.invoke(app, [*words, "--update"]).exit_code == 0
    students = fresh.solution_dir("tiny") / "data" / "curves.html"
    students.unlink()
    again = runner.invoke(app, ["reference", "--redraw"])
    assert again.output.split() == [
        f"solutions/tiny/data/{name}" for name in ("curves.json", "curves.html")
    ]
    assert is_released(fresh)
    good = runner.invoke(app, [*words, "--report", str(page)])
    assert good.exit_code == 0, good.output
    assert "2 parts, all as they should be" in good.output
    text = page.read_text()
    assert text.count("<svg") == text.count("<figcaption>gap by n</figcaption>") == 1
    assert "<script" not in text
    assert "steps until gap by n reaches 1.5" in text
    write(fresh, RUN.replace("normal(size=40) + 3", "normal(size=40) + 4"))
    bad = runner.invoke(app, words)
    assert bad.exit_code == 1
    assert "2 parts, 1 not as they should be" in bad.output
    for two in ("--update --wrong", "--wrong --repeats 2", "--redraw --report x.html"):
        assert runner.invoke(app, [*words, *two.split()]).exit_code == 2, two
