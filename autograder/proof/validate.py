"""Prove the graders of assignments: right solutions pass, wrong ones fail as they should."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder import authoring
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.cache import Cache
from autograder.grading.command import Command, Ended
from autograder.grading.marker import Marked
from autograder.grading.pool import Failure, Job, Stopped, work_through
from autograder.proof import lint, nbval
from autograder.proof.cases import each_case, files_of, plain_cases, stamp
from autograder.proof.nbval import nbval_command, nbval_complaints
from autograder.proof.promises import linted, over_budget, points, up_to_date, within_budget
from autograder.proof.verdicts import Case, Verdict, judge, judge_naming
from autograder.sandbox import choose_level

_STUDENT = "reference"
_PURPOSE = "proof"
_SAMPLED = 3
# A known mistake must be named with other inputs, too: what `rng` draws, and whose own numbers.
_FRESH = {"fresh": "another student", "others": "a third student"}


class Validation:
    """The proof of some assignments of a course: all that each is tried on.

    Without `names` all of them are proven, `processes` cases at once. With `reuse`, cases that
    were tried before are known as long as nothing has changed. Unless `thorough`, a third of the
    known mistakes is tried, each for its task alone, and half of these must be named, with the
    inputs of marking; else each must, and with two other sets of inputs, too. `total` is how many
    verdicts `run` yields, unless an assignment cannot be marked at all.

    Raises:
        CourseError: there is no assignment of that name.
        SandboxError: this machine has no walls and `sandbox` is not `"none"`.
    """

    def __init__(
        self,
        course: Course,
        names: Sequence[str] | None = None,
        *,
        processes: int,
        sandbox: str = "auto",
        reuse: bool = True,
        thorough: bool = True,
    ) -> None:
        self.names = list(dict.fromkeys(names or course.names))
        for name in self.names:
            course.assignment(name)
        self._course = course
        self._processes = processes
        self._sandbox = sandbox
        self._scratch = tempfile.TemporaryDirectory(prefix="autograder-proof-")
        level, folder = choose_level(sandbox), Path(self._scratch.name)
        self._proofs = {
            name: _Proof(course, name, level, folder, reuse=reuse, thorough=thorough)
            for name in self.names
        }
        self.total = sum(proof.total for proof in self._proofs.values())

    def run(self) -> Iterator[tuple[str, Verdict]]:
        """Try everything, yielding each assignment's name with a verdict as soon as it is known.

        Nothing stops the others: a file or a grader that is broken is a complaint.
        """
        with self._scratch:
            for name, proof in self._proofs.items():
                for verdict in proof.first():
                    yield name, verdict
            jobs = {name: list(proof.jobs) for name, proof in self._proofs.items()}
            commands = {p.nbval: name for name, p in self._proofs.items() if p.nbval is not None}
            owner = {job: name for name, each in jobs.items() for job in each}
            for thing, result in work_through(
                self._course, jobs, list(commands), processes=self._processes, sandbox=self._sandbox
            ):
                if isinstance(result, Stopped):
                    yield result.name, self._proofs[result.name].stopped(result)
                elif isinstance(thing, Job) and not isinstance(result, Ended):
                    name = owner[thing]
                    for verdict in self._proofs[name].marked(thing, result):
                        yield name, verdict
                elif isinstance(thing, Command) and isinstance(result, Ended):
                    name = commands[thing]
                    yield name, self._proofs[name].ran(thing, result)


class _Trial:
    """A case, how it is marked, and the results so far."""

    def __init__(self, case: Case, *, thorough: bool) -> None:
        self.case = case
        self.results: dict[Job, Marked | Failure] = {}
        self._naming: list[Job] = []
        task, notebook = case.alone or (None, case.notebook)
        if case.mistake is not None and (thorough or _drawn(case.name) % (2 * _SAMPLED) == 0):
            told = bool(case.mistake.tells or case.mistake.says)
            inputs = {"": _STUDENT, **(_FRESH if thorough and told else {})}
            self._naming = [Job(who, notebook, task, inputs=name) for name, who in inputs.items()]
        # Without diagnosis no edit of another mistake makes it worth marking again.
        if case.whole and (thorough or case.alone is None):
            self._job = Job(_STUDENT, case.folder or case.notebook, diagnosed=False)
        elif self._naming:
            self._job = self._naming[0]
        else:
            self._job = Job(_STUDENT, notebook, task, diagnosed=False)
        self.jobs = list(dict.fromkeys([self._job, *self._naming]))

    @property
    def is_done(self) -> bool:
        return len(self.results) == len(self.jobs)

    @property
    def right(self) -> Marked | None:
        """The report of a case that must lose nothing."""
        result = None if self.case.fails else self.results[self._job]
        return result if isinstance(result, Marked) else None

    def verdict(self, *, known: bool = False) -> Verdict:
        """Return what all results together say."""
        found = judge(self.case, self.results[self._job], known=known)
        if not found.lost:
            return found  # there is nothing to be named
        for job in self._naming:
            named = tuple(judge_naming(self.case, self.results[job], job.inputs))
            if named:  # what is wrong with one set of inputs would be said again of the next
                return replace(found, complaints=(*found.complaints, *named))
        return found


class _Proof:
    """The cases of one assignment, and what is known of them so far."""

    def __init__(
        self, course: Course, name: str, level: str, scratch: Path, *, reuse: bool, thorough: bool
    ) -> None:
        self._course = course
        self._name = name
        self._right: dict[str, Marked] = {}
        self._reuse = reuse
        self._early: list[Verdict] = []
        self._looks: dict[str, Callable[[Course, str], Verdict]] = {}
        self._last = 0
        self._stamp = stamp(course, name)
        self.jobs: dict[Job, _Trial] = {}
        self.nbval: Command | None = None
        try:
            self._cache = Cache(course, name, level)
            made: list[tuple[str, Case | AutograderError]] = (
                [*plain_cases(course, name, scratch)]
                if course.is_plain(name)
                else [*each_case(course, name)]
            )
        except Exception as error:  # nbformat lets many kinds through
            self._early.append(_broken("build", error))
            return
        self._last = 2  # points and budget
        self._looks["build"] = up_to_date
        if not course.is_plain(name):
            self._looks["lint"] = linted
            self._prepare_nbval(scratch)
        for label, case in made:
            if isinstance(case, Case):
                if not thorough and case.mistake and _drawn(case.name) % _SAMPLED:
                    continue
                self._prepare(_Trial(case, thorough=thorough))
            else:
                self._early.append(_broken(label, case))
        # The reference comes last: its time is measured in a process that has marked before, as
        # for nearly all of a class.
        for job in [job for job, trial in self.jobs.items() if trial.case.name == _STUDENT]:
            self.jobs[job] = self.jobs.pop(job)

    @property
    def total(self) -> int:
        waiting = len(self._looks) + self._unmarked() + (self.nbval is not None)
        return len(self._early) + waiting + self._last

    def first(self) -> Iterator[Verdict]:
        """Yield what is known, and what the build and the linter say, before anything is marked."""
        yield from self._early
        for label, look in self._looks.items():
            yield self._look(label, look)
        if not self.jobs and self._last:
            yield from self._promises()

    def marked(self, job: Job, result: Marked | Failure) -> Iterator[Verdict]:
        """Yield the verdict on a job that is done; after the last one also those on all of them."""
        trial = self.jobs.pop(job)
        # A verdict needs no notebooks, and hundreds of cases wait for their last result.
        trial.results[job] = replace(result, notebooks={}) if isinstance(result, Marked) else result
        if trial.is_done:
            verdict = self._done(trial)
            # What is wrong may be so because the machine had much to do: it is tried again.
            if not verdict.complaints and not self._is_slow(trial) and self._is_unedited():
                for done, marked in trial.results.items():
                    if isinstance(marked, Marked):
                        self._cache.put(self._key(done), marked)
            yield verdict
        if not self.jobs:
            yield from self._promises()

    def ran(self, command: Command, ended: Ended) -> Verdict:
        """Return the verdict on the solution notebook."""
        complaints = tuple(nbval_complaints(command, ended))
        if not complaints and self._is_unedited():
            self._cache.keep(self._nbval_key(), {"seconds": ended.seconds})
        return Verdict("nbval", seconds=ended.seconds, complaints=complaints)

    def stopped(self, stopped: Stopped) -> Verdict:
        """Return the one verdict in place of all that could not be marked."""
        left, self._last = self._unmarked(), 0
        self.jobs.clear()
        reason = f"{stopped.reason} ({left} cases were not marked)"
        return Verdict("marking", complaints=(reason,))

    def _unmarked(self) -> int:
        return len({trial.case.name for trial in self.jobs.values()})

    def _look(self, label: str, look: Callable[[Course, str], Verdict]) -> Verdict:
        """Return a verdict that needs no process of its own, or what is known of it."""
        key = self._cache.key_of(label, *self._contents())
        if self._reuse and self._cache.entry(key) is not None:
            return Verdict(label, known=True)
        try:
            verdict = look(self._course, self._name)
        except Exception as error:  # what authors write may be anything
            verdict = _broken(label, error)
        if not verdict.complaints:
            self._cache.keep(key, {})
        return verdict

    def _prepare_nbval(self, scratch: Path) -> None:
        entry = self._cache.entry(self._nbval_key()) if self._reuse else None
        if entry is not None:
            self._early.append(Verdict("nbval", seconds=entry["seconds"], known=True))
            return
        command = nbval_command(self._course, self._name, scratch)
        if isinstance(command, Command):
            self.nbval = command
        else:
            self._early.append(Verdict("nbval", complaints=(command,)))

    def _prepare(self, trial: _Trial) -> None:
        for job in trial.jobs:
            known = self._cache.get(self._key(job)) if self._reuse else None
            if known is None:
                self.jobs[job] = trial
            else:
                trial.results[job] = known
        if trial.is_done:
            self._early.append(self._done(trial, known=True))

    def _done(self, trial: _Trial, *, known: bool = False) -> Verdict:
        if trial.right is not None:
            self._right[trial.case.name] = trial.right
        return trial.verdict(known=known)

    def _is_slow(self, trial: _Trial) -> bool:
        return trial.right is not None and bool(
            over_budget(self._course, self._name, trial.case.name, trial.right)
        )

    def _is_unedited(self) -> bool:
        return self._stamp == stamp(self._course, self._name)

    def _promises(self) -> Iterator[Verdict]:
        try:
            yield points(self._course, self._name, self._right.get("reference"))
        except AutograderError as error:
            yield _broken("points", error)
        yield within_budget(self._course, self._name, self._right)
        self._cache.forget_old()

    def _key(self, job: Job) -> str:
        return self._cache.key(job, _PURPOSE)

    def _nbval_key(self) -> str:
        return self._cache.key_of("nbval", Path(nbval.__file__).read_bytes())

    def _contents(self) -> Iterator[bytes]:
        """Yield every file that the build and the linter look at, and their own."""
        rooms = [Path(str(room.__file__)).parent for room in (authoring, lint)]
        own = [path for room in rooms for path in sorted(room.glob("*.py"))]
        for path in (*files_of(self._course, self._name), *own):
            yield str(path).encode()
            yield path.read_bytes()


def _drawn(name: str) -> int:
    """Return a number that says whether a case is in a sample, the same every time."""
    return zlib.crc32(name.encode())


def _broken(label: str, error: Exception) -> Verdict:
    """Return the verdict on what cannot even be tried."""
    text = str(error) if isinstance(error, AutograderError) else f"{type(error).__name__}: {error}"
    return Verdict(label, complaints=(text,))
