"""`grade`, `feedback` and `demo`: a bar while it runs, then a table of who got what and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from autograder.checks import number
from autograder.checks.results import clean
from autograder.cli.frame import console, progress_bar
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.classroom import GradedSubmission, find_submissions, grade_class, overlooked
from autograder.grading.report import Report

_SHOWN = 100
_LISTED = 5


def mark_and_show(
    course: Course,
    paths: Sequence[Path],
    assignment: str | None,
    jobs: int,
    sandbox: str,
    json: Path | None,
    stories: dict[str, str] | None = None,
    *,
    reuse: bool = True,
) -> bool:
    """Mark what `paths` name and print the table; False if the grader itself failed on any."""
    submissions = find_submissions(course, paths, assignment)
    left = [] if paths or assignment else overlooked(course)
    if not submissions:
        console.print("nothing to mark")
        _show_overlooked(course, left)
        return True
    with progress_bar() as bar:
        task = bar.add_task("marking", total=len(submissions))

        def show(outcome: GradedSubmission) -> None:
            who, score = clean(outcome.submission.student, 24), _score(outcome.report)[0]
            bar.update(task, advance=1, description=escape(f"marked {who}: {score}"))

        outcomes = grade_class(
            course,
            submissions,
            processes=jobs,
            sandbox=sandbox,
            reports_dir=json,
            reuse=reuse,
            on_outcome=show,
        )
    show_outcomes([outcome for outcome in outcomes if not outcome.stopped], stories or {})
    _show_stopped([outcome for outcome in outcomes if outcome.stopped])
    _show_overlooked(course, left)
    known = sum(outcome.known for outcome in outcomes)
    if known:
        console.print(
            f"\n{known} of {len(outcomes)} submissions did not change since they were marked, and "
            "were not marked again; --no-cache marks all"
        )
    return all(outcome.report is not None for outcome in outcomes)


def show_outcomes(outcomes: Sequence[GradedSubmission], stories: dict[str, str]) -> None:
    """Print one row a submission: student, of which assignment if of several, score, trouble."""
    several = len({outcome.submission.assignment for outcome in outcomes}) > 1
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("student", no_wrap=True)
    if several:
        table.add_column("assignment", no_wrap=True)
    if stories:
        table.add_column("handed in", style="dim")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("by hand", justify="right", no_wrap=True, style="dim")
    table.add_column("what went wrong")
    for outcome in outcomes:
        row = [escape(clean(outcome.submission.student))]
        if several:
            row.append(escape(outcome.submission.assignment))
        if stories:
            row.append(escape(stories.get(outcome.submission.student, "")))
        row += [*_score(outcome.report), escape(_trouble(outcome))]
        table.add_row(*row)
    console.print(table)


def _show_stopped(outcomes: Sequence[GradedSubmission]) -> None:
    """Say once of each assignment that cannot be marked why, and how many wait for that."""
    counts = Counter((outcome.submission.assignment, outcome.failure) for outcome in outcomes)
    for (name, failure), count in counts.items():
        who = f"{count} submission{'s' * (count != 1)}"
        console.print(f"\n[bold]{escape(name)}[/] was not marked, {who}:\n{escape(failure)}")


def _show_overlooked(course: Course, left: Sequence[str]) -> None:
    if left:
        more = f" and {len(left) - _LISTED} more" if len(left) > _LISTED else ""
        listed = ", ".join(left[:_LISTED]) + more
        where = f"{course.submitted_dir.name}/<student>/<assignment>/"
        console.print(f"\nnot looked at, because it is not in {where}: {escape(listed)}")


def _score(report: Report | None) -> tuple[str, str]:
    if report is None:
        return "not marked", ""
    waiting = f"+{number(report.by_hand)}" if report.by_hand else ""
    return f"{number(report.score)}/{number(report.max_score)}", waiting


def _trouble(outcome: GradedSubmission) -> str:
    if outcome.report is None:
        return clean(outcome.failure.strip().splitlines()[-1])
    report = outcome.report
    short = [t for t in report.tasks if t.points is not None and t.points < t.max_points]
    lost = [task for task in short if task.checks]
    tests = [task.id for task in short if not task.sealed]
    unanswered = [task for task in lost if not task.answered]
    # An exception shows in the task that it cost.
    problems = [problem for problem in report.problems if problem.kind != "exception"]
    free = [problem.message for problem in problems if problem.costs_nothing]
    parts = [problem.message for problem in problems if not problem.costs_nothing][:1]
    if unanswered and len(unanswered) == len(lost):
        parts.append(f"not answered: {', '.join(task.id for task in unanswered)}")
    else:
        for task in lost:
            first = next((check for check in task.checks if check.status != "passed"), None)
            if first is not None:
                said = first.diagnosis or first.message or first.description
                parts.append(f"{task.id}: {said.splitlines()[0]}")
    if tests:
        parts.append(f"tests not passed: {', '.join(tests)}")
    text = "; ".join(part.removesuffix(".") for part in parts + free[:1])
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def write_pages(course: Course, names: Sequence[str] | None = None) -> list[Path]:
    """Write the feedback pages of `names`, or of all that is marked; returns their folders.

    Raises AutograderError once the others are written, where those of one cannot be.
    """
    from autograder.grading.feedback import count_reports, write_feedback

    marked = [name for name in course.names if count_reports(course, name)]
    problems: list[AutograderError] = []
    with progress_bar() as bar:
        for name in names or marked or course.names[:1]:
            task = bar.add_task(f"pages of {name}", total=count_reports(course, name))
            try:
                for _ in write_feedback(course, name):
                    bar.advance(task)
            except AutograderError as error:
                problems.append(error)
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise AutograderError("\n".join(map(str, problems)))
    return [course.feedback_dir]
