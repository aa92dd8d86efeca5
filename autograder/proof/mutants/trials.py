"""Try whether the checks notice: mark every mutant as a student's notebook would be.

Each is marked for its own task first, which is where it must be noticed. What passes there is
marked whole, to learn whether another task notices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nbformat import NotebookNode

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.cache import Cache
from autograder.grading.marker import Marked
from autograder.grading.pool import Failure, Job, mark_all
from autograder.grading.sheets import read_sheets
from autograder.notebook import grade_id_of, node, tasks_of, with_sources
from autograder.notebook.answers import answers_of
from autograder.proof.cases import stamp
from autograder.proof.mutants.make import Mutant, mutants
from autograder.proof.mutants.records import equivalents
from autograder.sandbox import choose_level

Verdict = Literal["killed", "elsewhere", "survived", "equivalent"]

# By task that lost points, the checks that did not pass.
Lost = Mapping[str, tuple[str, ...]]

_STUDENT = "reference"


@dataclass(frozen=True)
class Outcome:
    """The outcome of marking a mutant.

    A mutant is killed when its own task loses points, by the `checks` that did not pass;
    `elsewhere` when only the tasks named in `elsewhere` lose some, and that counts as
    surviving. An equivalent one has its `proof`. `complaint` says what is wrong with the
    proof, or that the grader itself failed.
    """

    mutant: Mutant
    verdict: Verdict
    checks: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    proof: str = ""
    complaint: str = ""


def try_mutants(
    course: Course,
    name: str,
    *,
    processes: int,
    sandbox: str = "auto",
    cache: bool = True,
    only: Sequence[Mutant] | None = None,
) -> Iterator[Outcome]:
    """Mark every mutant of the reference, yielding an outcome on each, in no particular order.

    `only` names some of them, or others such as `sampled` draws, in place of all. With `cache`,
    what was found before for the same mutant, checks and machine is not marked again.

    Raises:
        BuildError: a record in `equivalent.toml` is malformed or speaks of no mutant.
        AutograderError: the reference itself loses points, or marking cannot start.
    """
    made = mutants(course, name)
    proofs = equivalents(course, name, made)
    chosen = list(made if only is None else only)
    tasks = sorted({mutant.task for mutant in chosen})
    notebooks = _notebooks(course, name, tasks)
    marking = _Marking(course, name, processes, sandbox, cache)
    # The reference comes first, in the same grader processes: to start them takes seconds. That an
    # accept loses nothing is a verdict of its own.
    alone: dict[Job, Mutant | None] = {_job(notebooks[task], task): None for task in tasks}
    alone |= {_job(notebooks[each.task], each.task, each): each for each in chosen}
    passed = []
    for job, lost in marking.mark(alone):
        mutant = alone[job]
        if mutant is None:
            _prove_reference(job.task or "", lost)
        elif isinstance(lost, str):
            yield Outcome(mutant, "survived", complaint=f"the grader failed: {lost}")
        elif mutant.task in lost:
            checks = lost[mutant.task]
            refuted = f"recorded as equivalent, but killed by {', '.join(checks)}"
            complaint = refuted if mutant.id in proofs else ""
            yield Outcome(mutant, "killed", checks, complaint=complaint)
        else:
            passed.append(mutant)
    whole = {_job(notebooks[None], None, mutant): mutant for mutant in passed}
    for job, lost in marking.mark(whole):
        mutant = whole[job]
        if isinstance(lost, str):
            yield Outcome(mutant, "survived", complaint=f"the grader failed: {lost}")
        else:
            yield _survivor(mutant, sorted(set(lost) - {mutant.task}), proofs.get(mutant.id))


def _survivor(mutant: Mutant, elsewhere: list[str], proof: str | None) -> Outcome:
    """Return the outcome of a mutant that its own task did not notice."""
    if elsewhere:
        refuted = f"recorded as equivalent, but noticed by {', '.join(elsewhere)}"
        complaint = refuted if proof else ""
        return Outcome(mutant, "elsewhere", elsewhere=tuple(elsewhere), complaint=complaint)
    if proof:
        return Outcome(mutant, "equivalent", proof=proof)
    return Outcome(mutant, "survived")


def _prove_reference(task: str, lost: Lost | str) -> None:
    """See that the reference loses nothing: or every mutant would seem to be noticed."""
    if isinstance(lost, str):
        raise AutograderError(f"the reference could not be marked: {lost}")
    if lost:
        raise AutograderError(
            f"the reference itself loses points in {task} ({', '.join(lost[task])}): "
            "mutants of it prove nothing. Run `autograder validate` first"
        )


def _notebooks(course: Course, name: str, tasks: Collection[str]) -> dict[str | None, NotebookNode]:
    """Return the reference as a student would write it, as far as each task, and whole for None."""
    sheet = read_sheets(course, name)[0]
    whole = with_sources(sheet.released, answers_of(sheet.solution))
    written = replace(sheet, released=whole)
    return {None: whole} | {
        task.id: written.only(task.test_cell).released
        for task in tasks_of(whole)
        if task.id in tasks
    }


def _job(notebook: NotebookNode, task: str | None, mutant: Mutant | None = None) -> Job:
    """Return the marking of a notebook with the mutant's cells; all else is shared with it."""
    if mutant is not None:
        sources = {**dict(mutant.others), mutant.cell: mutant.source}
        cells = [
            node({**cell, "source": sources[name]})
            if (name := grade_id_of(cell)) is not None and name in sources
            else cell
            for cell in notebook.cells
        ]
        notebook = NotebookNode(notebook)
        notebook["cells"] = cells
    # Which known mistake a mutant is like is nobody's question here.
    return Job(_STUDENT, notebook, task, diagnosed=False)


class _Marking:
    """Marking that remembers, of each notebook, which tasks lost points and by which checks."""

    def __init__(
        self, course: Course, name: str, processes: int, sandbox: str, remember: bool
    ) -> None:
        self._course, self._name = course, name
        self._processes, self._sandbox = processes, sandbox
        self._remember = remember
        self._cache = Cache(course, name, choose_level(sandbox))
        self._stamp = stamp(course, name)

    def mark(self, jobs: Mapping[Job, Mutant | None]) -> Iterator[tuple[Job, Lost | str]]:
        """Yield for each job what its tasks lost, or why the grader could not say."""
        unknown = []
        for job, mutant in jobs.items():
            entry = self._cache.entry(self._key(job, mutant)) if self._remember else None
            if entry is None:
                unknown.append(job)
            else:
                yield job, {task: tuple(checks) for task, checks in entry.items()}
        for job, result in mark_all(
            self._course, self._name, unknown, processes=self._processes, sandbox=self._sandbox
        ):
            if isinstance(result, Failure):
                yield job, result.reason
                continue
            lost = _lost(result)
            # What was edited meanwhile may have been marked as it is now; and a reference that
            # loses may only have run out of time on a busy machine.
            wrong = bool(lost) and jobs[job] is None
            if self._stamp == stamp(self._course, self._name) and not wrong:
                self._cache.keep(self._key(job, jobs[job]), lost)
            yield job, lost

    def _key(self, job: Job, mutant: Mutant | None) -> str:
        """Everything in the notebook but the mutant's cells is in the assignment's own files."""
        cells = [(mutant.cell, mutant.source), *mutant.others] if mutant else []
        texts = (job.task or "", *(text for cell in cells for text in cell))
        return self._cache.key_of("mutant", *(text.encode("utf-8") for text in texts))


def _lost(marked: Marked) -> Lost:
    """By task that lost points, the checks that did not pass; for a plain test, its cell."""
    return {
        task.id: tuple(check.id for check in task.checks if check.status != "passed")
        or (task.cell,)
        for task in marked.report.tasks
        if task.points is not None and task.points < task.max_points
    }
