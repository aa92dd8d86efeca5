"""The commands. Each loads the course, calls one room and shows what it gave."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.frame import console, guarded
from autograder.errors import AutograderError

app = typer.Typer(
    help="Sealed, proven, fast marking of deep-learning notebooks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Names = Annotated[list[str] | None, typer.Argument(help="Assignments; all when left out.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Grader processes.")]
Sandbox = Annotated[
    str,
    typer.Option(help="Walls: auto (the strongest here), bubblewrap, landlock, or none at all."),
]
_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@app.command()
@guarded
def build(
    names: Names = None,
    check: Annotated[bool, typer.Option("--check", help="Only say what is out of date.")] = False,
) -> None:
    """Turn masters into solution notebooks, and these into what students get."""
    from autograder.authoring import build as build_course
    from autograder.course import load_course

    course = load_course()
    for report in build_course(course, names or None, check=check):
        console.print(str(report), markup=False)


@app.command()
@guarded
def new(
    name: Annotated[str, typer.Argument(help="Its folder's name, such as layer-norm.")],
    title: Annotated[str | None, typer.Option(help="What students read; from the name.")] = None,
    course: Annotated[
        bool, typer.Option("--course", help="Begin a course in this folder with it.")
    ] = False,
) -> None:
    """Make an assignment whose one example task is proven already, to be replaced by yours."""
    from autograder.cli.authoring import make_and_show

    make_and_show(name, title, begin_course=course)


@app.command()
@guarded
def check(notebook: Annotated[Path, typer.Argument(help="Your notebook.")]) -> None:
    """Run the public checks on a notebook, as `check(...)` does inside it."""
    from autograder.cli.student import check_notebook

    raise typer.Exit(0 if check_notebook(notebook) else 1)


@app.command()
@guarded
def grade(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks or folders; all of submitted/ if none.")
    ] = None,
    assignment: Annotated[str | None, typer.Option(help="Only this assignment.")] = None,
    jobs: Jobs = _CORES,
    json: Annotated[
        Path | None, typer.Option(help="Folder for the JSON reports, in place of reports/.")
    ] = None,
    sandbox: Sandbox = "auto",
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Mark again what has not changed, too.")
    ] = False,
) -> None:
    """Mark submissions: reports, gradebook and a table of what went wrong."""
    from autograder.cli.marking import mark_and_show
    from autograder.course import load_course

    course = load_course()
    ok = mark_and_show(course, paths or [], assignment, jobs, sandbox, json, reuse=not no_cache)
    raise typer.Exit(0 if ok else 1)


@app.command()
@guarded
def feedback(
    name: Annotated[str | None, typer.Argument(help="One assignment; all marked if none.")] = None,
) -> None:
    """Write one HTML page for each marked submission."""
    from autograder.cli.marking import write_pages
    from autograder.course import load_course

    course = load_course()
    for folder in write_pages(course, [name] if name else None):
        console.print(f"pages are in {folder}")


@app.command()
@guarded
def validate(
    names: Names = None,
    jobs: Jobs = _CORES,
    sandbox: Sandbox = "auto",
    junit: Annotated[Path | None, typer.Option(help="File for the verdicts as JUnit XML.")] = None,
    json: Annotated[Path | None, typer.Option(help="File for the verdicts as JSON.")] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Try again what has not changed, too.")
    ] = False,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Mark small mistakes in the solution, too: minutes.")
    ] = False,
    page: Annotated[
        Path | None, typer.Option(help="With --mutants: a page on all that was found.")
    ] = None,
) -> None:
    """Prove the graders: right solutions pass, wrong ones fail as their headers say."""
    from autograder.cli.proving import validate_and_show
    from autograder.course import load_course

    course = load_course()
    ok = validate_and_show(
        course,
        names or [],
        jobs,
        sandbox,
        reuse=not no_cache,
        junit=junit,
        json=json,
        mutants=mutants or page is not None,
        page=page,
    )
    raise typer.Exit(0 if ok else 1)


@app.command()
@guarded
def demo(
    name: Annotated[
        str | None, typer.Argument(help="What they hand in; the first assignment if none.")
    ] = None,
    students: Annotated[int, typer.Option(min=1, help="How many students.")] = 12,
    into: Annotated[Path, typer.Option(help="The scratch course.")] = Path("demo"),
    jobs: Jobs = _CORES,
    sandbox: Sandbox = "auto",
) -> None:
    """Make a class out of right and wrong solutions, mark it, and say where the results are."""
    from autograder.authoring.demo import make_demo
    from autograder.cli.marking import mark_and_show, write_pages
    from autograder.course import load_course

    course, stories = make_demo(load_course(), into.resolve(), students, name)
    ok = mark_and_show(course, [], None, jobs, sandbox, None, stories)
    pages = write_pages(course)
    console.print(f"\ncourse     {into}\ngradebook  {course.gradebook_url}")
    for folder in pages:
        console.print(f"feedback   {folder}/<student>/<assignment>/<assignment>.html")
    console.print(f"formgrader cd {into} && jupyter lab, then Nbgrader > Formgrader", markup=False)
    raise typer.Exit(0 if ok else 1)


@app.command()
@guarded
def bench(
    students: Annotated[int, typer.Option(min=2, help="A small class; 3 times that, too.")] = 8,
    class_size: Annotated[
        int, typer.Option(min=0, help="A large class, which only we mark; 0 for none.")
    ] = 200,
    repeats: Annotated[int, typer.Option(min=1, help="How often everything is measured.")] = 3,
    jobs: Jobs = _CORES,
    sandbox: Sandbox = "auto",
    otter: Annotated[str | None, typer.Option(help="The command of otter-grader.")] = None,
    json: Annotated[Path, typer.Option(help="Where all figures go.")] = Path("bench.json"),
    keep: Annotated[Path | None, typer.Option(help="Work in this folder, and keep it.")] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Once, two students, the first workload.")
    ] = False,
) -> None:
    """Measure CPU and wall time against nbgrader and otter-grader on the same submissions."""
    checkout = Path(__file__).parents[2]
    if not (checkout / "benchmarks" / "command.py").is_file():
        raise AutograderError(
            "the benchmark is in the repository, not in the installed package: clone it, run "
            '`pip install --editable ".[instructor]"` there, and then this command'
        )
    sys.path.insert(0, str(checkout))
    from benchmarks.bench import Plan
    from benchmarks.command import bench_and_show

    plan = (
        Plan.quick(jobs, sandbox)
        if quick
        else Plan(students, 3 * students, class_size, repeats, jobs, sandbox)
    )
    bench_and_show(plan, otter, json, keep)


@app.command()
@guarded
def reference(
    names: Names = None,
    device: Annotated[str, typer.Option(help="auto (a GPU if there is), cpu or cuda.")] = "auto",
    seeds: Annotated[
        int | None, typer.Option(min=1, help="Runs of each part; as many as are needed if none.")
    ] = None,
    first_seed: Annotated[
        int | None, typer.Option(min=0, help="The first; 0, and 1000 with --update, if none.")
    ] = None,
    part: Annotated[list[str] | None, typer.Option(help="Only this part.")] = None,
    jobs: Jobs = _CORES,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only parts whose runs take less than 5 s.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Record these runs in reference/DEVICE.json.")
    ] = False,
    wrong: Annotated[
        bool, typer.Option("--wrong", help="Run known-wrong answers: all must leave the envelope.")
    ] = False,
    repeats: Annotated[
        int, typer.Option(min=1, help="Judge each part so often, with other seeds every time.")
    ] = 1,
    redraw: Annotated[
        bool, typer.Option("--redraw", help="Run nothing: write the students' curves anew.")
    ] = False,
    report: Annotated[Path | None, typer.Option(help="A page with curves and times.")] = None,
) -> None:
    """Train as the solutions do, over seeds, and compare with the recorded runs."""
    from autograder.cli.referencing import redraw_and_show, reference_and_show
    from autograder.course import load_course
    from autograder.reference.devices import choose_device
    from autograder.reference.runs import Settings

    modes = {"--update": update, "--wrong": wrong, "--repeats": repeats > 1, "--redraw": redraw}
    given = [mode for mode, wanted in modes.items() if wanted]
    if len(given) > 1:
        raise typer.BadParameter(f"{given[0]} or {given[1]}, not both")
    if redraw and (report or part):
        raise typer.BadParameter("--redraw runs nothing and writes all: no --report and no --part")
    if redraw:
        redraw_and_show(load_course(), names or [])
        raise typer.Exit
    settings = Settings(choose_device(device), jobs, seeds, first_seed, part or (), quick, repeats)
    ok = reference_and_show(
        load_course(), names or [], settings, update=update, wrong=wrong, page=report
    )
    raise typer.Exit(0 if ok else 1)


@app.command()
@guarded
def doctor() -> None:
    """Say what this machine offers: walls, Python and libraries."""
    from autograder.cli.machine import describe_machine

    raise typer.Exit(0 if describe_machine() else 1)


@app.command()
@guarded
def schema() -> None:
    """Print the JSON schema of course.yml, for editors that complete it."""
    import json as json_module

    from autograder.course import schema as course_schema

    typer.echo(json_module.dumps(course_schema(), indent=2))
