"""The commands. Each loads the course, calls one room and shows the result."""

from __future__ import annotations

import json as json_module
import os
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from autograder.cli.frame import console, guarded
from autograder.course import load_course, make_secret
from autograder.course import schema as course_schema
from autograder.course.load import FILE_NAME
from autograder.errors import AutograderError

app = typer.Typer(
    help="Mark deep-learning notebooks: sealed, proven, fast.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Names = Annotated[list[str] | None, Argument(help="Assignments; all of them by default.")]
Jobs = Annotated[int, Option("--jobs", "-j", min=1, help="How many grader processes run at once.")]
Sandbox = Annotated[
    str, Option(help="Walls: auto (the strongest here), bubblewrap, landlock or none.")
]
_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@app.command()
@guarded
def build(
    names: Names = None,
    check: Annotated[
        bool, Option("--check", help="Change nothing; say what is out of date.")
    ] = False,
) -> None:
    """Build solution notebooks from the masters, and from these what students get."""
    from autograder.authoring import build as build_course

    course = load_course()
    problems = []
    if not check and (made := make_secret(course)) is not None:
        place = made.relative_to(course.root)
        advice = "keep it with the solutions and never release it"
        console.print(f"{place}: new; {advice}", markup=False)
    for name in names or course.names:
        try:
            for report in build_course(course, [name], check=check):
                console.print(str(report), markup=False)
        except AutograderError as error:  # the others are built all the same
            problems.append(str(error))
    if problems:
        raise AutograderError("\n".join(problems))


@app.command()
@guarded
def new(
    name: Annotated[str, Argument(help="Name of its folder, such as layer-norm.")],
    title: Annotated[
        str | None, Option(help="Title for students; by default from the name.")
    ] = None,
    course: Annotated[bool, Option("--course", help="Start a new course in this folder.")] = False,
) -> None:
    """Make an assignment with one proven example task, for you to replace."""
    from autograder.authoring.scaffold import new_assignment, start_course

    if course:
        root = Path.cwd()
        made = start_course(root, name, title)
    else:
        root = load_course().root
        made = new_assignment(root / FILE_NAME, name, title)
    for file in made.files:
        console.print(str(file.relative_to(root)), markup=False)
    if made.entered:
        console.print(f"\nentered in {FILE_NAME}; add when it is due")
    else:
        console.print(
            f"\n{FILE_NAME} is not in the usual form and was not changed. Add this "
            f"under assignments:\n{made.lines}",
            markup=False,
        )
    word = shlex.quote(name)
    console.print(
        f"next: autograder build {word}, autograder validate {word}, then put your own task in "
        "the example's place",
        markup=False,
    )


@app.command()
@guarded
def check(notebook: Annotated[Path, Argument(help="Your notebook.")]) -> None:
    """Run the public checks on your notebook, as check(...) does inside it."""
    from autograder.cli.student import check_notebook

    raise typer.Exit(0 if check_notebook(notebook) else 1)


@app.command()
@guarded
def grade(
    paths: Annotated[
        list[Path] | None, Argument(help="Notebooks or folders; by default submitted/.")
    ] = None,
    assignment: Annotated[str | None, Option(help="Mark only this assignment.")] = None,
    jobs: Jobs = _CORES,
    json: Annotated[
        Path | None, Option(help="Write JSON reports to this folder, not to reports/.")
    ] = None,
    sandbox: Sandbox = "auto",
    no_cache: Annotated[
        bool,
        Option("--no-cache", help="Mark every submission again, even those that did not change."),
    ] = False,
) -> None:
    """Mark submissions: write reports, fill the gradebook, show who lost points and why."""
    from autograder.cli.marking import mark_and_show

    course = load_course()
    ok = mark_and_show(course, paths or [], assignment, jobs, sandbox, json, reuse=not no_cache)
    raise typer.Exit(0 if ok else 1)


@app.command()
@guarded
def feedback(
    name: Annotated[
        str | None, Argument(help="Assignment; by default all that are marked.")
    ] = None,
) -> None:
    """Write a feedback page for each marked submission."""
    from autograder.cli.marking import write_pages

    course = load_course()
    for folder in write_pages(course, [name] if name else None):
        console.print(f"pages are in {folder}")


@app.command()
@guarded
def validate(
    names: Names = None,
    jobs: Jobs = _CORES,
    sandbox: Sandbox = "auto",
    junit: Annotated[Path | None, Option(help="Write the verdicts to this JUnit XML file.")] = None,
    json: Annotated[Path | None, Option(help="Write the verdicts to this JSON file.")] = None,
    no_cache: Annotated[
        bool, Option("--no-cache", help="Try every case again, even those that did not change.")
    ] = False,
    mutants: Annotated[
        bool, Option("--mutants", help="Mark small changes of the solution as well; takes minutes.")
    ] = False,
    page: Annotated[
        Path | None, Option(help="Write a page on all that was found; implies --mutants.")
    ] = None,
    sample: Annotated[
        int,
        Option(min=0, help="With --mutants: so many more a task, of accepts and of two mistakes."),
    ] = 10,
) -> None:
    """Prove the graders: right solutions get all points, known mistakes lose them."""
    from autograder.cli.proving import validate_and_show

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
        sample=sample,
    )
    raise typer.Exit(0 if ok else 1)


@app.command()
@guarded
def agree(
    names: Names = None,
    inputs: Annotated[int, Option(min=1, help="Drawn inputs for each task.")] = 10_000,
    seconds: Annotated[
        float, Option(min=0, help="CPU time after which a task has been asked enough.")
    ] = 60.0,
    jobs: Jobs = _CORES,
) -> None:
    """Ask the solution and a second reference, from accept/, the same thousands of times."""
    from autograder.cli.agreeing import agree_and_show

    ok = agree_and_show(load_course(), names or [], jobs, inputs, seconds)
    raise typer.Exit(0 if ok else 1)


@app.command()
@guarded
def demo(
    name: Annotated[
        str | None, Argument(help="Assignment they hand in; by default the first.")
    ] = None,
    students: Annotated[int, Option(min=1, help="Number of students.")] = 12,
    into: Annotated[Path, Option(help="Folder of the demo course.")] = Path("demo"),
    jobs: Jobs = _CORES,
    sandbox: Sandbox = "auto",
) -> None:
    """Mark a class of made-up students, and say where the results are."""
    from autograder.authoring.demo import make_demo
    from autograder.cli.marking import mark_and_show, write_pages

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
    students: Annotated[
        int, Option(min=2, help="Size of the small class; the next has 3 times that.")
    ] = 8,
    class_size: Annotated[
        int, Option(min=0, help="Size of the large class, which only we mark; 0 for none.")
    ] = 200,
    repeats: Annotated[int, Option(min=1, help="How often to measure everything.")] = 3,
    jobs: Jobs = _CORES,
    sandbox: Sandbox = "auto",
    otter: Annotated[str | None, Option(help="Command that runs otter-grader.")] = None,
    json: Annotated[Path, Option(help="Write all figures to this file.")] = Path("bench.json"),
    keep: Annotated[Path | None, Option(help="Work in this folder and keep it.")] = None,
    quick: Annotated[
        bool, Option("--quick", help="Measure once, two students, the first workload only.")
    ] = False,
) -> None:
    """Compare CPU and wall time with nbgrader and otter-grader on the same submissions."""
    checkout = Path(__file__).parents[2]
    if not (checkout / "benchmarks" / "command.py").is_file():
        raise AutograderError(
            "the benchmark is in the repository, not in the installed package: clone it, run "
            '`pip install --editable ".[instructor]"` there, and then this command'
        )
    sys.path.insert(0, str(checkout))
    from benchmarks.bench import Benchmark
    from benchmarks.command import bench_and_show

    benchmark = (
        Benchmark.quick(jobs, sandbox)
        if quick
        else Benchmark(students, 3 * students, class_size, repeats, jobs, sandbox)
    )
    bench_and_show(benchmark, otter, json, keep)


@app.command()
@guarded
def reference(
    names: Names = None,
    device: Annotated[str, Option(help="cpu, cuda, or auto: a GPU if there is one.")] = "auto",
    seeds: Annotated[
        int | None, Option(min=1, help="Runs of each part; by default as many as it needs.")
    ] = None,
    first_seed: Annotated[
        int | None, Option(min=0, help="First seed; by default 0, with --update 1000.")
    ] = None,
    part: Annotated[list[str] | None, Option(help="Run only this part.")] = None,
    jobs: Jobs = _CORES,
    quick: Annotated[
        bool, Option("--quick", help="Run only parts that take less than 5 s a run.")
    ] = False,
    update: Annotated[
        bool, Option("--update", help="Record these runs in reference/DEVICE.json.")
    ] = False,
    wrong: Annotated[
        bool, Option("--wrong", help="Run known-wrong answers: each must leave the envelope.")
    ] = False,
    repeats: Annotated[
        int, Option(min=1, help="Judge each part this often, with new seeds each time.")
    ] = 1,
    redraw: Annotated[
        bool, Option("--redraw", help="Run nothing; write the curves that students get again.")
    ] = False,
    report: Annotated[Path | None, Option(help="Write a page with curves and times.")] = None,
) -> None:
    """Train the solutions with many seeds, and compare with the recorded runs."""
    from autograder.cli.referencing import redraw_and_show, reference_and_show
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
    """Show what this machine offers: walls, Python, libraries."""
    from autograder.cli.machine import describe_machine

    raise typer.Exit(0 if describe_machine() else 1)


@app.command()
@guarded
def schema() -> None:
    """Print the JSON schema of course.yml, with which editors complete and check it."""
    typer.echo(json_module.dumps(course_schema(), indent=2))
