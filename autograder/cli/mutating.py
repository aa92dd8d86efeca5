"""`validate --mutants`: a bar while the mutants are marked, then what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table

from autograder.cli.frame import console, progress_bar
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.proof.mutants import Outcome, mutants, try_mutants
from autograder.proof.page import WANTED_SCORE, Proof, Tally, digest, page
from autograder.proof.verdicts import Verdict


def try_and_write(
    course: Course,
    verdicts: Mapping[str, Sequence[Verdict]],
    jobs: int,
    sandbox: str,
    path: Path | None,
    *,
    reuse: bool = True,
) -> dict[str, Verdict]:
    """Mark the mutants of all assignments that have verdicts; a verdict on those of each.

    With a `path`, a page is written there on all that was found; what it says of others stays
    as long as it is true.
    """
    ours = [name for name in verdicts if not course.is_plain(name)]
    digests = {name: digest(course, name) for name in ours if path is not None}
    outcomes, found = {}, {}
    for name in ours:
        try:
            outcomes[name] = try_and_show(course, name, jobs, sandbox, reuse=reuse)
            found[name] = as_verdict(outcomes[name])
        except AutograderError as error:
            found[name] = Verdict("mutants", complaints=(str(error),))
            console.print(f"{name}: no mutants were tried: {error}", markup=False)
    if path is not None:
        proofs = [Proof(name, digests[name], verdicts[name], outcomes[name]) for name in outcomes]
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(page(course, proofs, before), encoding="utf-8")
        console.print(f"{path} is written", markup=False)
    return found


def try_and_show(
    course: Course, name: str, jobs: int, sandbox: str, *, reuse: bool = True
) -> list[Outcome]:
    """Mark every mutant of one assignment, and print how many were killed and which were not."""
    outcomes: list[Outcome] = []
    with progress_bar() as bar:
        task = bar.add_task(f"mutants of {name}", total=len(mutants(course, name)))
        for outcome in try_mutants(course, name, processes=jobs, sandbox=sandbox, cache=reuse):
            outcomes.append(outcome)
            bar.advance(task)
    _show(name, outcomes)
    return outcomes


def as_verdict(outcomes: Sequence[Outcome]) -> Verdict:
    """Return whether enough mutants are killed, and nothing speaks against a record.

    Its score is how many were killed, of those that are not equivalent.
    """
    tally = Tally.of(outcomes)
    complaints = [f"{o.mutant.id}: {o.complaint}" for o in outcomes if o.complaint]
    if tally.score < WANTED_SCORE:
        survivors = ("survived", "elsewhere")
        complaints += [f"{o.mutant.id} survives" for o in outcomes if o.verdict in survivors]
    made = tally.made - tally.equivalent
    return Verdict("mutants", tally.killed, made, complaints=tuple(complaints))


def _show(name: str, outcomes: Sequence[Outcome]) -> None:
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
    tally = Tally.of(outcomes)
    console.print(
        f"{name}: {tally.killed} of {tally.made - tally.equivalent} mutants killed "
        f"({tally.score:.1%}, {WANTED_SCORE:.0%} wanted), {tally.equivalent} more are equivalent"
    )
