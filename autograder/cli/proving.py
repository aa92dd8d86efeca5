"""`validate`: a bar while it runs, then a table of cases and what speaks against them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from autograder.checks import number
from autograder.cli.frame import console, progress_bar
from autograder.course import Course
from autograder.errors import CourseError
from autograder.proof.results import in_order, to_json, to_junit
from autograder.proof.validate import Validation
from autograder.proof.verdicts import Verdict


def validate_and_show(
    course: Course,
    names: Sequence[str],
    jobs: int,
    sandbox: str,
    *,
    reuse: bool = True,
    junit: Path | None = None,
    json: Path | None = None,
    mutants: bool = False,
    page: Path | None = None,
) -> bool:
    """Prove the graders of the assignments `names`; True when nothing speaks against them.

    `junit` and `json` are files to write the verdicts to as well. With `mutants`, those of the
    reference are marked, too, and `page` is the file that tells of all of it.
    """
    for path in (junit, json, page):
        if path is not None:
            _writable(path)
    validation = Validation(course, names, processes=jobs, sandbox=sandbox, reuse=reuse)
    results: dict[str, list[Verdict]] = {name: [] for name in validation.names}
    with progress_bar() as bar:
        task = bar.add_task("validating", total=validation.total)
        for name, verdict in validation.run():
            results[name].append(verdict)
            bar.update(task, advance=1, description=escape(f"{name}: {verdict.case}"))
    for name, verdicts in results.items():
        _show(name, verdicts)
    if mutants:
        # They bring every operator with them, which nothing else here needs.
        from autograder.cli.mutating import try_and_write

        tried = try_and_write(course, results, jobs, sandbox, page, reuse=reuse)
        for name, verdict in tried.items():
            results[name].append(verdict)
    if junit is not None:
        junit.write_text(to_junit(results), encoding="utf-8")
    if json is not None:
        json.write_text(to_json(results), encoding="utf-8")
    return not any(verdict.complaints for verdicts in results.values() for verdict in verdicts)


def _writable(path: Path) -> None:
    """Raise CourseError now, and not after minutes, where a file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        raise CourseError(f"{path} cannot be written: {error.strerror}") from None


def _show(name: str, verdicts: Sequence[Verdict]) -> None:
    """Print one row a verdict, and how many there are."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("case", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("as it should be")
    for verdict in in_order(verdicts):
        score = ""
        if verdict.score is not None and verdict.max_score is not None:
            score = f"{number(verdict.score)}/{number(verdict.max_score)}"
        trouble = "\n".join(verdict.complaints)
        table.add_row(verdict.case, score, f"[red]no:[/] {escape(trouble)}" if trouble else "yes")
    console.print(table)
    wrong = sum(bool(verdict.complaints) for verdict in verdicts)
    known = sum(verdict.known for verdict in verdicts)
    summary = "all as they should be" if not wrong else f"{wrong} not as they should be"
    again = f"; {known} known from before (--no-cache tries them again)" if known else ""
    console.print(f"{name}: {len(verdicts)} verdicts, {summary}{again}", markup=False)
