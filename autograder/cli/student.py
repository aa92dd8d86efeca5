"""`autograder check`: the public checks on a whole notebook, for its author."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from autograder.checks import CheckResult, Suite, number, run_suite, score, student_name
from autograder.cli.frame import console
from autograder.course import Limits
from autograder.errors import CourseError
from autograder.grading.attempt import Attempt
from autograder.notebook import Task, names_said, read_notebook, splice, tasks_of
from autograder.sandbox import Session, Zygote

if TYPE_CHECKING:
    from nbformat import NotebookNode


def check_notebook(path: Path) -> bool:
    """Run the notebook and print what each task's public checks say; True if all passed.

    Raises CourseError where no checks.py lies beside the notebook.
    """
    checks = path.resolve().parent / "checks.py"
    if not checks.exists():
        raise CourseError(f"{checks} does not exist: keep your notebook in the assignment's folder")
    notebook, problems = read_notebook(path)
    for problem in problems:
        console.print(escape(problem.message))
    data = checks.with_name("data")
    return run_suite(
        checks,
        None,
        lambda suite: _check(notebook, suite, data if data.is_dir() else None),
        assignment=path.stem,
    )


def _check(notebook: NotebookNode, suite: Suite, data: Path | None) -> bool:
    """Run the cells, and the checks of each task in its place; return whether all passed."""
    student, limits = student_name(next(iter(names_said(notebook)), "")), Limits()
    tasks = {task.test_cell: task for task in tasks_of(notebook)}
    passed, total = True, 0.0
    # It is the student's own machine and code: no walls are needed, only a fresh process.
    visible = [data] if data is not None else []
    with Zygote(preload=["numpy"], level="none", limits=limits, visible=visible) as zygote:

        def fork() -> Session:
            session = zygote.session(data_dir=data, student=student)
            session.set_variants(suite.variants(student))
            return session

        with closing(Attempt(fork, limits)) as attempt:
            for cell in splice(notebook, notebook).cells:
                task = tasks.get(cell.grade_id or "")
                if cell.cell_type == "code" and (task is None or task.kind == "manual"):
                    attempt.run(cell)
                elif task is not None and task.kind == "checks":
                    results = suite.run(
                        task.id,
                        attempt.session(),
                        None,
                        student=student,
                        check_seconds=limits.check_seconds,
                        budget=lambda: attempt.seconds_left,
                        why_missing=attempt.why_missing,
                    )
                    passed = _show(task, results) and passed
                    total += score(results, task.points)
    shown = {task.id for task in tasks.values()}
    gone = [name for name in suite.tasks if name not in shown]
    for name in gone:
        console.print(
            f'[bold]{escape(name)}[/] not checked: its cell check("{escape(name)}") is gone'
        )
    if attempt.problems:
        console.print("[bold]cells that did not run to their end[/]")
    for problem in attempt.problems:
        _indented(problem.message, 2)
    if any(map(suite.draws, shown)):
        console.print(f"your own numbers were taken to be those of [bold]{escape(student)}[/]")
    points = sum(task.points for task in tasks.values() if task.kind == "checks")
    console.print(f"[bold]{number(total)} of {number(points)} points[/] by the public checks")
    return passed and not gone


def _show(task: Task, results: list[CheckResult]) -> bool:
    points = number(score(results, task.points))
    console.print(f"[bold]{escape(task.id)}[/] {points} / {number(task.points)}")
    above = ""
    for result in results:
        mark = "[green]✓[/]" if result.passed else "[red]✗[/]"
        console.print(f"  {mark} {escape(result.description)}")
        if result.message:
            _indented("as above" if result.message == above else result.message, 4)
        above = result.message
    return all(result.passed for result in results)


def _indented(text: str, columns: int) -> None:
    console.print(Padding(Text(text), (0, 0, 0, columns), expand=False))
