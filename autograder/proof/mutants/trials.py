"""Try whether the checks notice: mark every mutant as a student's notebook would be.

Each is marked for its own task first, which is where it must be noticed. What passes there is
marked whole, to learn whether another task notices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from nbformat import NotebookNode

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.cache import Cache
from autograder.grading.marker import Marked
from autograder.grading.pool import Failure, Job, mark_all
from autograder.grading.sheets import Sheet, read_sheets
from autograder.notebook import grade_id_of, node, tasks_of, with_sources
from autograder.notebook.answers import answers_of
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

    `only` names some of them, in place of all. With `cache`, what was found before for the
    same mutant, checks and machine is not marked again.

    Raises:
        BuildError: a record in `equivalent.toml` is malformed or speaks of no mutant.
        AutograderError: the reference itself loses points, or marking cannot start.
    """
    made = mutants(course, name)
    proofs = equivalents(course, name, made)
    notebooks = _Notebooks(course, name)
    marking = _Marking(course, name, processes, sandbox, cache)
    chosen = list(made if only is None else only)
    passed = []
    # The reference comes first, in the same grader processes: to start them takes seconds.
    reference = [notebooks.reference(task) for task in sorted({each.task for each in chosen})]
    for trial, lost in marking.mark([*reference, *map(notebooks.alone, chosen)]):
        mutant = trial.mutant
        if mutant is None:
            _prove_reference(trial.job.task or "", lost)
        elif isinstance(lost, str):
            yield Outcome(mutant, "survived", complaint=f"the grader failed: {lost}")
        elif mutant.task in lost:
            checks = lost[mutant.task]
            refuted = f"recorded as equivalent, but killed by {', '.join(checks)}"
            complaint = refuted if mutant.id in proofs else ""
            yield Outcome(mutant, "killed", checks, complaint=complaint)
        else:
            passed.append(mutant)
    for trial, lost in marking.mark([notebooks.whole(mutant) for mutant in passed]):
        mutant = trial.mutant
        assert mutant is not None
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


class _Notebooks:
    """The notebooks handed in: the reference as a student would write it, with one cell changed."""

    def __init__(self, course: Course, name: str) -> None:
        self._sheet: Sheet = read_sheets(course, name)[0]
        self._whole = with_sources(self._sheet.released, answers_of(self._sheet.solution))
        self._test_cells = {task.id: task.test_cell for task in tasks_of(self._whole)}
        self._alone: dict[str, NotebookNode] = {}

    def reference(self, task: str) -> _Trial:
        """Return the reference as far as one task."""
        return _Trial(None, _job(self._as_far_as(task), task))

    def alone(self, mutant: Mutant) -> _Trial:
        """Return the mutant as far as its task."""
        notebook = _with_cell(self._as_far_as(mutant.task), mutant)
        return _Trial(mutant, _job(notebook, mutant.task))

    def whole(self, mutant: Mutant) -> _Trial:
        """Return the mutant and all other answers."""
        return _Trial(mutant, _job(_with_cell(self._whole, mutant)))

    def _as_far_as(self, task: str) -> NotebookNode:
        if task not in self._alone:
            sheet = replace(self._sheet, released=self._whole)
            self._alone[task] = sheet.only(self._test_cells[task]).released
        return self._alone[task]


def _job(notebook: NotebookNode, task: str | None = None) -> Job:
    # Which known mistake a mutant is like is nobody's question here.
    return Job(_STUDENT, notebook, task, diagnosed=False)


def _with_cell(notebook: NotebookNode, mutant: Mutant) -> NotebookNode:
    """Return the notebook with one other cell; all else is shared with it, for there are many."""
    cells = [
        node({**cell, "source": mutant.source}) if grade_id_of(cell) == mutant.cell else cell
        for cell in notebook.cells
    ]
    changed = NotebookNode(notebook)
    changed["cells"] = cells
    return changed


class _Trial(NamedTuple):
    """One marking of a mutant, or of the reference, for its task alone or as a whole."""

    mutant: Mutant | None
    job: Job


class _Marking:
    """Marking that remembers, of each notebook, which tasks lost points and by which checks."""

    def __init__(
        self, course: Course, name: str, processes: int, sandbox: str, remember: bool
    ) -> None:
        self._course, self._name = course, name
        self._processes, self._sandbox = processes, sandbox
        self._remember = remember
        self._cache = Cache(course, name, choose_level(sandbox))
        self._stamp = self._stamp_now()

    def mark(self, trials: Sequence[_Trial]) -> Iterator[tuple[_Trial, Lost | str]]:
        """Yield for each trial what its tasks lost, or why the grader could not say."""
        unknown = {}
        for trial in trials:
            entry = self._cache.entry(self._key(trial)) if self._remember else None
            if entry is None:
                unknown[trial.job] = trial
            else:
                yield trial, {task: tuple(checks) for task, checks in entry.items()}
        for job, result in mark_all(
            self._course,
            self._name,
            list(unknown),
            processes=self._processes,
            sandbox=self._sandbox,
        ):
            if isinstance(result, Failure):
                yield unknown[job], result.reason
                continue
            lost = _lost(result)
            # What was edited meanwhile may have been marked as it is now; and a reference that
            # loses may only have run out of time on a busy machine.
            wrong = bool(lost) and unknown[job].mutant is None
            if self._stamp == self._stamp_now() and not wrong:
                self._cache.keep(self._key(unknown[job]), lost)
            yield unknown[job], lost

    def _key(self, trial: _Trial) -> str:
        """Everything in the notebook but the mutant's cell is in the assignment's own files."""
        cell = (trial.mutant.cell, trial.mutant.source) if trial.mutant else ()
        texts = (trial.job.task or "", *cell)
        return self._cache.key_of("mutant", *(text.encode("utf-8") for text in texts))

    def _stamp_now(self) -> list[tuple[str, int, int]]:
        folders = (self._course.solution_dir(self._name), self._course.release_dir(self._name))
        files = sorted(path for folder in folders for path in folder.glob("*") if path.is_file())
        return [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]


def _lost(marked: Marked) -> Lost:
    """By task that lost points, the checks that did not pass; for a plain test, its cell."""
    return {
        task.id: tuple(check.id for check in task.checks if check.status != "passed")
        or (task.cell,)
        for task in marked.report.tasks
        if task.points is not None and task.points < task.max_points
    }
