"""`validate`: bars while it runs, then tables of cases and mutants and what speaks against them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from autograder.checks import number
from autograder.cli.frame import console, progress_bar
from autograder.course import Course
from autograder.errors import AutograderError, CourseError
from autograder.proof.mutants import (
    SAMPLE,
    Mutant,
    Outcome,
    equivalents,
    mutants,
    sampled,
    try_mutants,
)
from autograder.proof.page import WANTED_SCORE, Proof, Tally, digest
from autograder.proof.page import page as written_page
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
    sample: int = SAMPLE,
) -> bool:
    """Prove the graders of the assignments `names`; True when nothing speaks against them.

    `junit` and `json` are files to write the verdicts to as well. With `mutants`, those of the
    reference are marked, too, and of each task a `sample` of those of accepts and of pairs; `page`
    is the file that tells of all of it.
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
        tried = try_and_write(course, results, jobs, sandbox, page, reuse=reuse, sample=sample)
        for name, found in tried.items():
            results[name] += found
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


def try_and_write(
    course: Course,
    verdicts: Mapping[str, Sequence[Verdict]],
    jobs: int,
    sandbox: str,
    path: Path | None,
    *,
    reuse: bool = True,
    sample: int = SAMPLE,
) -> dict[str, list[Verdict]]:
    """Mark the mutants of all assignments that have verdicts; verdicts on those of each.

    With a `path`, a page is written there on all that was found; what it says of others stays
    as long as it is true.
    """
    ours = [name for name in verdicts if not course.is_plain(name)]
    digests = {name: digest(course, name) for name in ours if path is not None}
    tried, found = {}, {}
    for name in ours:
        try:
            outcomes, others = try_and_show(course, name, jobs, sandbox, reuse=reuse, sample=sample)
            tried[name] = outcomes, others
            found[name] = [as_verdict(outcomes)]
            if others:
                found[name].append(as_sample(others))
        except AutograderError as error:
            found[name] = [Verdict("mutants", complaints=(str(error),))]
            console.print(f"{name}: no mutants were tried: {error}", markup=False)
    if path is not None:
        proofs = [Proof(n, digests[n], verdicts[n], *each) for n, each in tried.items()]
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(written_page(course, proofs, before), encoding="utf-8")
        console.print(f"{path} is written", markup=False)
    return found


def try_and_show(
    course: Course,
    name: str,
    jobs: int,
    sandbox: str,
    *,
    reuse: bool = True,
    sample: int = SAMPLE,
) -> tuple[list[Outcome], list[Outcome]]:
    """Mark every mutant of one assignment and a sample of others; print which survive."""
    outcomes: list[Outcome] = []
    made = mutants(course, name)
    others: list[Mutant] = []
    if sample:
        others = sampled(course, name, made, equivalents(course, name, made), sample)
    chosen = [*made, *others]
    with progress_bar() as bar:
        task = bar.add_task(f"mutants of {name}", total=len(chosen))
        for outcome in try_mutants(
            course, name, processes=jobs, sandbox=sandbox, cache=reuse, only=chosen
        ):
            outcomes.append(outcome)
            bar.advance(task)
    whole = [outcome for outcome in outcomes if outcome.mutant.kind == "mutant"]
    drawn = [outcome for outcome in outcomes if outcome.mutant.kind != "mutant"]
    _show_mutants(whole)
    tally = Tally.of(whole)
    console.print(
        f"{name}: {tally.killed} of {tally.made - tally.equivalent} mutants killed "
        f"({tally.score:.1%}, {WANTED_SCORE:.0%} wanted), {tally.equivalent} more are equivalent"
    )
    if drawn:
        _show_mutants(drawn)
        tally = Tally.of(drawn)
        console.print(
            f"{name}: of a sample of mutants of accepts and of pairs of mutants {tally.killed} of "
            f"{tally.made - tally.equivalent} killed ({tally.score:.1%}, {WANTED_SCORE:.0%} wanted "
            f"of all: {tally.may_survive} may survive), {tally.equivalent} more are equivalent"
        )
    return whole, drawn


def as_verdict(outcomes: Sequence[Outcome]) -> Verdict:
    """Return whether enough mutants are killed, and nothing speaks against a record.

    Its score is how many were killed, of those that are not equivalent.
    """
    return _verdict("mutants", outcomes, Tally.of(outcomes).score >= WANTED_SCORE)


def as_sample(outcomes: Sequence[Outcome]) -> Verdict:
    """Return the same for a sample: whether as many are killed as 98 of 100 of all would give."""
    tally = Tally.of(outcomes)
    return _verdict("sampled mutants", outcomes, tally.surviving <= tally.may_survive)


def _verdict(case: str, outcomes: Sequence[Outcome], enough: bool) -> Verdict:
    tally = Tally.of(outcomes)
    complaints = [f"{o.mutant.id}: {o.complaint}" for o in outcomes if o.complaint]
    if not enough:
        survivors = ("survived", "elsewhere")
        complaints += [f"{o.mutant.id} survives" for o in outcomes if o.verdict in survivors]
    made = tally.made - tally.equivalent
    return Verdict(case, tally.killed, made, complaints=tuple(complaints))


def _show_mutants(outcomes: Sequence[Outcome]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("task", "mutants", "killed", "equivalent", "surviving"):
        table.add_column(column, justify="left" if column == "task" else "right")
    for task in dict.fromkeys(outcome.mutant.task for outcome in outcomes):
        tally = Tally.of(outcome for outcome in outcomes if outcome.mutant.task == task)
        numbers = (tally.made, tally.killed, tally.equivalent, tally.surviving)
        table.add_row(task, *map(str, numbers))
    console.print(table)
    for outcome in outcomes:
        mutant = outcome.mutant
        if outcome.verdict in ("survived", "elsewhere"):
            noticed = f" (only {', '.join(outcome.elsewhere)} noticed)" if outcome.elsewhere else ""
            text = f"\n{mutant.id} survives: {mutant.operator}{noticed}\n{mutant.diff}"
            console.print(text, markup=False, highlight=False)
        if outcome.complaint:
            console.print(f"\n{mutant.id}: {outcome.complaint}\n{mutant.diff}", markup=False)
