"""`autograder check`: the public checks on a whole notebook, for its author."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from autograder.checks import CheckResult, Suite, number, run_suite, score, student_name
from autograder.cli.frame import console
from autograder.course import Limits
from autograder.errors import CourseError
from autograder.grading.attempt import Attempt
from autograder.notebook import Task, read_notebook, splice, tasks_of
from autograder.sandbox import Session, Zygote


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
    student = student_name()
    limits = Limits()

    def body(suite: Suite) -> bool:
        tasks = {task.test_cell: task for task in tasks_of(notebook)}
        folder = path.resolve().parent / "data"
        data = folder if folder.is_dir() else None
        # It is the student's own machine and code: no walls are needed, only a fresh process.
        with Zygote(
            preload=["numpy"], level="none", limits=limits, visible=[data] if data else []
        ) as zygote:

            def fork() -> Session:
                session = zygote.session(data_dir=data, student=student)
                session.set_variants(suite.variants(student))
                return session

            attempt = Attempt(fork, limits)
            passed = True
            total = 0.0
            try:
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
            finally:
                attempt.close()
        shown = {task.id for task in tasks.values()}
        for name in suite.tasks:
            if name not in shown:
                console.print(
                    f'[bold]{escape(name)}[/] not checked: its cell check("{escape(name)}") is gone'
                )
                passed = False
        if attempt.problems:
            console.print("[bold]cells that did not run to their end[/]")
        for problem in attempt.problems:
            _indented(problem.message, 2)
        points = sum(task.points for task in tasks.values() if task.kind == "checks")
        console.print(f"[bold]{number(total)} of {number(points)} points[/] by the public checks")
        return passed

    return run_suite(checks, None, body, assignment=path.stem)


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
