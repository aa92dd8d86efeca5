"""`reference`: a bar while it runs, then a table of what runs ended with and took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from rich.markup import escape
from rich.table import Table

from autograder.cli.frame import console, progress_bar
from autograder.course import Course
from autograder.errors import CourseError
from autograder.reference.devices import Machine
from autograder.reference.page import write_page
from autograder.reference.recorded import path_of, timing_figures
from autograder.reference.released import write_released
from autograder.reference.runs import PartReport, Settings, compare, record, with_runs


def reference_and_show(
    course: Course,
    names: Sequence[str],
    settings: Settings,
    *,
    update: bool = False,
    wrong: bool = False,
    page: Path | None = None,
) -> bool:
    """Make the reference runs of `names`, all that have one if empty; True when all is well."""
    chosen = list(names) or with_runs(course)
    if not chosen:
        raise CourseError(
            "no assignment has a reference run: docs/reference.md says how to write one"
        )
    machine = Machine.of(settings.device)
    versions = ", ".join(f"{name} {version}" for name, version in machine.versions.items())
    console.print(f"{machine.kind}: {machine.name}; {versions}", markup=False)
    reports = []
    with progress_bar() as bar:
        task = bar.add_task("starting", total=None)

        def on_run(label: str, done: int, most: int) -> None:
            bar.update(task, description=escape(label), completed=done + 1, total=most)

        for name in chosen:
            course.assignment(name)
            found: Iterator[PartReport] = (
                record(course, name, settings, on_run)
                if update
                else compare(course, name, settings, on_run, wrong=wrong)
            )
            for report in found:
                bar.console.print(_row(report, settings.repeats, update, wrong))
                reports.append(report)
            if update and path_of(course.solution_dir(name), "cpu").exists():
                write_released(course, name)
    if page is not None:
        write_page(page, machine, reports)
        console.print(f"\npage  {page}", markup=False)
    if not reports:
        console.print("\nnothing was run: no part fits these options")
        return False
    # A part that is judged again and again has to be decided every time.
    wanted = settings.repeats if settings.repeats > 1 else 0
    bad = [report for report in reports if report.complaints or report.inside < wanted]
    said = "recorded" if update else f"{len(bad) or 'all'} {'not ' if bad else ''}as they should be"
    console.print(f"\n{len(reports)} parts, {said}")
    return not bad


def redraw_and_show(course: Course, names: Sequence[str]) -> None:
    """Write anew what students get of the recorded runs, of all assignments if none is named."""
    for name in list(names) or with_runs(course):
        course.assignment(name)
        if not names and not path_of(course.solution_dir(name), "cpu").exists():
            console.print(f"{name} is not recorded", markup=False)
            continue
        for path in write_released(course, name):
            console.print(f"{path.relative_to(course.root)}", markup=False)


def _row(report: PartReport, repeats: int, update: bool, wrong: bool) -> Table:
    """Return the table of one part."""
    title = f"{report.assignment}: {report.part}"
    if report.mistake is not None:
        title += f", with the mistake {report.mistake}"
    table = Table(box=None, padding=(0, 2, 0, 0), title=escape(title), title_justify="left")
    for heading in ("", "median", "smallest", "largest"):
        table.add_column(heading, justify="left" if not heading else "right")
    traces = [outcome.trace for outcome in report.outcomes if outcome.trace is not None]
    for name in traces[0].ends() if traces else ():
        values = [trace.ends()[name].value for trace in traces]
        table.add_row(escape(name), *(f"{f(values):.4g}" for f in (median, min, max)))
    for name in traces[0].timings if traces else ():
        figures = timing_figures(report.outcomes, name)
        if figures["ratio"]:
            table.add_row(
                f"{escape(name)}: s a step, in calibrations",
                *(f"{f(figures['ratio']):.3g}" for f in (median, min, max)),
            )
    for complaint in report.complaints:
        table.add_row(f"[red]{escape(complaint)}[/]")
    if report.undecided:
        waiting = ", ".join(report.undecided)
        table.add_row(f"[yellow]{len(traces)} runs are too few to decide on {escape(waiting)}[/]")
    if not report.complaints:
        said = "recorded" if update else "outside, as it should be" if wrong else "inside"
        if repeats > 1:
            said = f"{report.inside} of {repeats} times inside"
        if not report.undecided or repeats > 1:
            colour = "yellow" if report.undecided else "green"
            table.add_row(f"[{colour}]{len(report.outcomes)} runs, {said}[/]")
    return table
