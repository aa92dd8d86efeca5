"""`validate`: a bar while it runs, then a table of cases and what speaks against them."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from autograder.checks import number
from autograder.cli.frame import console, progress_bar
from autograder.course import Course
from autograder.proof import Verdict, cases, validate


def validate_and_show(course: Course, name: str, jobs: int, sandbox: str) -> bool:
    """Prove the graders of one assignment; True when nothing speaks against them."""
    verdicts: list[Verdict] = []
    with progress_bar() as bar:
        task = bar.add_task(f"validating {name}", total=len(cases(course, name)) + 1)
        for verdict in validate(course, name, processes=jobs, sandbox=sandbox):
            verdicts.append(verdict)
            bar.advance(task)
    order = {"build": 0, "reference": 1, "starter": 2}
    verdicts.sort(key=lambda verdict: (order.get(verdict.case, 3), verdict.case))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("case", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("as it should be")
    for verdict in verdicts:
        score = (
            ""
            if verdict.score is None or verdict.max_score is None
            else f"{number(verdict.score)}/{number(verdict.max_score)}"
        )
        trouble = "\n".join(verdict.complaints)
        table.add_row(verdict.case, score, f"[red]no:[/] {escape(trouble)}" if trouble else "yes")
    console.print(table)
    wrong = sum(bool(verdict.complaints) for verdict in verdicts)
    summary = "all as they should be" if not wrong else f"{wrong} not as they should be"
    console.print(f"{name}: {len(verdicts)} cases, {summary}")
    return not wrong
