"""The benchmark measures what it says: checked on its own figures, never against a clock."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from commands import run
from typer.testing import CliRunner

from autograder.cli import app
from autograder.errors import AutograderError
from benchmarks.figures import Run, compare, overhead, ratios, summary
from benchmarks.graders import CELLS, OURS, STOCK
from benchmarks.otter import find_otter
from benchmarks.torch21 import CLASS, QUESTIONS, source_notebook
from benchmarks.usage import Usage, measure, said


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str, Path]:
    """The figures of `bench --quick`, what it printed, and the folder it had for its scratch."""
    folder = tmp_path_factory.mktemp("bench")
    scratch = folder / "scratch"
    scratch.mkdir()
    words = ["bench", "--quick", "--jobs", "2", "--json", "figures.json"]
    result = run(folder, "autograder", *words, TMPDIR=str(scratch))
    assert result.returncode == 0, result.stderr
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    return figures, result.stdout, scratch


@pytest.mark.ci
def test_both_graders_give_every_student_the_same_score(bench) -> None:
    [workload] = bench[0]["workloads"]
    assert workload["scores"][STOCK] == {
        "students": 2,
        "agree": 2,
        "public_agree": 2,
        "unmarked": [],
        "differences": [],
    }
    assert [run["marked"] for run in workload["graders"][STOCK]["runs"]] == [1, 2]
    assert [run["marked"] for run in workload["graders"][OURS]["runs"]] == [1, 2]


@pytest.mark.ci
def test_the_file_says_what_was_measured_where_and_how(bench) -> None:
    figures = bench[0]
    assert figures["schema"] == 1
    assert figures["sandbox"] in {"bubblewrap", "landlock", "none"}
    assert (figures["repeats"], figures["jobs"]) == (1, 1)
    assert figures["machine"]["cores"] >= 1
    assert figures["machine"]["versions"]["nbgrader"] != "not installed"
    for grader in (OURS, STOCK, CELLS):
        for each in figures["workloads"][0]["graders"][grader]["runs"]:
            assert each["cpu_seconds"] == pytest.approx(
                each["user_seconds"] + each["system_seconds"]
            )
            assert each["cpu_seconds"] > 0
            assert each["wall_seconds"] > 0
            assert (each["status"], each["lost"]) == (0, False)


@pytest.mark.ci
def test_the_table_shows_all_of_it_and_nothing_stays_behind(bench) -> None:
    _, printed, scratch = bench
    assert "2 of 2 students have the same from nbgrader and from us" in printed
    assert printed.count("each further notebook") == 5
    assert "our overhead beyond the cells, each further notebook" in printed
    if find_otter(None) is None:
        assert "otter-grader is left out" in printed
    assert list(scratch.glob("autograder-bench-*")) == []


def test_processes_that_outlive_the_command_are_counted(tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < 0.4: pass"
    leave = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {burn!r}])"
    used = measure([sys.executable, "-c", leave], tmp_path, tmp_path)
    assert (used.status, used.stragglers, used.lost) == (0, 1, False)
    assert used.cpu_seconds >= 0.4


def test_what_the_command_says_and_how_it_ends_is_kept(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('said'); raise SystemExit(3)"]
    used = measure(command, tmp_path, tmp_path)
    assert used.status == 3
    assert said(tmp_path) == "said\n"


def used(cpu: float, wall: float) -> Usage:
    return Usage(wall, cpu, 0.0, 0, 0, False)


def runs(*points: tuple[int, int, float]) -> list[Run]:
    """Runs by repeat, notebooks and CPU seconds; half as many by the clock."""
    return [Run(repeat, n, n, used(cpu, cpu / 2)) for repeat, n, cpu in points]


def test_a_line_through_two_classes_parts_the_start_from_the_notebooks() -> None:
    figures = summary(runs((1, 2, 7.0), (1, 6, 15.0)))
    assert figures["marginal"]["cpu_seconds"] == {"min": 2.0, "median": 2.0, "max": 2.0}
    assert figures["fixed"]["cpu_seconds"]["median"] == 3.0
    assert figures["fixed"]["wall_seconds"]["median"] == 1.5
    assert [row["cpu_seconds"]["median"] for row in figures["per_notebook"]] == [3.5, 2.5]


def test_a_large_class_is_measured_for_us_and_reckoned_for_the_others() -> None:
    ours = runs((1, 2, 5.2), (1, 6, 5.6), (1, 50, 10.0))
    told = ratios(ours, runs((1, 2, 7.0), (1, 6, 15.0)))
    assert told["class"]["extrapolated"]
    assert told["class"]["notebooks"] == 50
    assert told["class"]["cpu_seconds"]["median"] == pytest.approx((3.0 + 50 * 2.0) / 10.0)
    assert told["marginal"]["cpu_seconds"]["median"] == pytest.approx(2.0 / 0.1)


def test_each_repeat_is_compared_with_itself() -> None:
    ours = runs((1, 2, 1.0), (1, 6, 2.0), (2, 2, 10.0), (2, 6, 20.0))
    theirs = runs((1, 2, 5.0), (1, 6, 10.0), (2, 2, 50.0), (2, 6, 100.0))
    small = ratios(ours, theirs)["per_notebook"][0]
    assert small["cpu_seconds"] == {"min": 5.0, "median": 5.0, "max": 5.0}


def test_the_overhead_of_each_repeat_is_beyond_the_cells_of_that_repeat() -> None:
    ours = runs((1, 2, 1.2), (1, 12, 2.2), (2, 2, 1.4), (2, 12, 3.4))
    cells = runs((1, 2, 1.0), (1, 12, 1.1), (2, 2, 1.0), (2, 12, 1.2))
    assert overhead(ours, cells) == pytest.approx({"min": 0.09, "median": 0.135, "max": 0.18})


def test_a_grader_that_starts_anew_for_each_notebook_has_no_start_apart() -> None:
    figures = summary(runs((1, 3, 12.0)))
    assert figures["fixed"]["cpu_seconds"]["median"] == 0
    assert figures["marginal"]["cpu_seconds"]["median"] == 4.0


def test_scores_that_differ_are_listed_with_the_cell() -> None:
    ours = {"ada": {"test": 2.0, "why": None}, "bob": {"test": 1.0}, "cy": {"test": 1.0}}
    public = {**ours, "bob": {"test": 3.0}}
    found = compare(ours, public, {"ada": {"test": 2.0, "why": None}, "bob": {"test": 3.0}}, STOCK)
    assert found == {
        "students": 3,
        "agree": 1,
        "public_agree": 2,
        "unmarked": ["cy"],
        "differences": ["bob, test: 1 from us, 3 from nbgrader"],
    }


def test_the_first_workload_has_21_cells_and_a_class_that_answers_only_its_own() -> None:
    notebook = source_notebook()
    assert len(notebook.cells) == 21
    names = {question.name for question in QUESTIONS} | {"why"}
    assert all(answers.keys() <= names for answers in CLASS)
    assert sum(bool(question.hidden) for question in QUESTIONS) >= 3
    assert sum(bool(question.parts) for question in QUESTIONS) == 1


def test_an_otter_that_is_not_there_is_named() -> None:
    with pytest.raises(AutograderError, match="no-such-otter"):
        find_otter("no-such-otter")


@pytest.mark.parametrize("option", ["--json", "--keep"])
def test_a_place_that_cannot_be_used_is_refused_before_anything_is_measured(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    monkeypatch.chdir(tmp_path)
    place = {"--json": "nowhere/figures.json", "--keep": "full"}[option]
    result = CliRunner().invoke(app, ["bench", "--quick", option, place])
    assert result.exit_code == 2
    assert f"{option} {place}" in result.output
    assert list(tmp_path.rglob("*.json")) == []


def test_without_a_checkout_the_command_says_where_the_benchmark_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("autograder.cli.app")
    monkeypatch.setattr(module, "__file__", str(tmp_path / "autograder" / "cli" / "app.py"))
    result = CliRunner().invoke(module.app, ["bench", "--quick"])
    assert result.exit_code == 2
    assert "the benchmark is in the repository, not in the installed package" in result.output
