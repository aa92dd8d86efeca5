"""`bench`: a bar while it measures, then tables of seconds, ratios and scores, and a JSON file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.table import Column, Table

from autograder.cli.frame import console, progress_bar
from autograder.course import Course, load_course
from autograder.errors import AutograderError, CourseError
from benchmarks.bench import Benchmark, run_bench
from benchmarks.otter import OTTER, find_otter

_SHOWN_DIFFERENCES = 10
_EXTRAPOLATED = " (theirs extrapolated, ours measured)"


def bench_and_show(
    benchmark: Benchmark, otter: str | None, result: Path, keep: Path | None
) -> None:
    """Measure, print the tables, and write all figures to `result`."""
    if not result.resolve().parent.is_dir():
        raise AutograderError(f"--json {result}: there is no such folder")
    command = find_otter(otter)
    benchmark = replace(benchmark, otter=command)
    course = _course_here() if benchmark.with_backprop else None
    if command is None:
        console.print("otter-grader is left out: it is not installed (--otter names its command)")
    with progress_bar() as bar:
        figures = run_bench(benchmark, course, bar, keep)
    result.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    _show(figures)
    console.print(f"\nall figures  {result}", markup=False)


def _course_here() -> Course | None:
    """Return the course around us if it has the second workload; says so where there is none."""
    try:
        course = load_course()
        course.assignment("backprop")
    except CourseError as error:
        console.print(f"the second workload is left out: {error}", markup=False)
        return None
    return course


def _show(figures: dict[str, Any]) -> None:
    machine = figures["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    console.print(
        f"{machine['cores']} cores, Python {machine['python']}, {machine['system']}; {versions}\n"
        f"walls: {figures['sandbox']}; {figures['jobs']} grader processes of ours; "
        f"{figures['repeats']} repeats; median (smallest to largest)",
        markup=False,
    )
    for workload in figures["workloads"]:
        console.print(f"\n[bold]{workload['name']}[/]: {workload['description']}")
        for note in workload["notes"]:
            console.print(f"  {note}", markup=False)
        console.print(_seconds(workload))
        if workload["overhead"] is not None:
            seconds = _spread(workload["overhead"])
            console.print(f"our overhead beyond the cells, each further notebook: {seconds} CPU s")
        console.print(_ratios(workload))
        for grader, scores in workload["scores"].items():
            _show_scores(grader, scores)


def _seconds(workload: dict[str, Any]) -> Table:
    table = _table("grader", "what", "CPU s", "wall s")
    for grader, figures in workload["graders"].items():
        _add_classes(table, grader, figures["per_notebook"])
        if grader != OTTER:
            table.add_row(grader, "each further notebook", *_cells(figures["marginal"]))
            table.add_row(grader, "to start, for any class", *_cells(figures["fixed"]))
    return table


def _ratios(workload: dict[str, Any]) -> Table:
    table = _table("times as much as we use", "what", "CPU", "wall")
    for grader, ratios in workload["ratios"].items():
        _add_classes(table, grader, ratios["per_notebook"])
        if ratios["class"]["extrapolated"]:
            _add_classes(table, grader, [ratios["class"]], _EXTRAPOLATED)
        table.add_row(grader, "each further notebook", *_cells(ratios["marginal"]))
    return table


def _add_classes(table: Table, grader: str, rows: list[dict[str, Any]], note: str = "") -> None:
    for row in rows:
        what = f"a notebook, in a class of {row['notebooks']}{note}"
        table.add_row(grader, what, *_cells(row))


def _show_scores(grader: str, scores: dict[str, Any]) -> None:
    students, agree = scores["students"], scores["agree"]
    console.print(f"scores: {agree} of {students} students have the same from {grader} and from us")
    if scores["unmarked"]:
        names = ", ".join(scores["unmarked"])
        console.print(f"  no score at all from {grader}: {names}", markup=False)
    if scores["public_agree"] != agree:
        console.print(
            f"  {scores['public_agree']} have the same when only public checks count, as they do "
            f"in {grader}"
        )
    for difference in scores["differences"][:_SHOWN_DIFFERENCES]:
        console.print(f"  {difference}", markup=False)
    left = len(scores["differences"]) - _SHOWN_DIFFERENCES
    if left > 0:
        console.print(f"  and {left} more, in the file")


def _table(first: str, what: str, *numbers: str) -> Table:
    columns = [Column(number, justify="right", no_wrap=True) for number in numbers]
    first_column = Column(first, no_wrap=True)
    return Table(first_column, what, *columns, box=None, padding=(0, 2, 0, 0), header_style="bold")


def _cells(row: dict[str, Any]) -> list[str]:
    return [_spread(row["cpu_seconds"]), _spread(row["wall_seconds"])]


def _spread(values: dict[str, float] | None) -> str:
    if values is None:
        return "too noisy to say"
    middle, low, high = (_number(values[key]) for key in ("median", "min", "max"))
    return middle if low == high else f"{middle} ({low} to {high})"


def _number(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
