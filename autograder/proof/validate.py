"""Prove the graders of assignments: right solutions pass, wrong ones fail as they should."""

from __future__ import annotations

import tempfile
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
from autograder.proof.cases import cases, each_case, plain_cases
from autograder.proof.nbval import nbval_command, nbval_complaints
from autograder.proof.promises import fresh, linted, over_budget, points, within_budget
from autograder.proof.verdicts import Case, Verdict, judge
from autograder.sandbox import choose_level

__all__ = ["Case", "Validation", "Verdict", "cases", "judge", "validate"]

_STUDENT = "reference"
_PURPOSE = "proof"
_CACHES = {"__pycache__", ".ipynb_checkpoints"}


def validate(
    course: Course, name: str, *, processes: int, sandbox: str = "auto", reuse: bool = True
) -> Iterator[Verdict]:
    """Prove the graders of `name`, yielding one verdict after another, in no particular order."""
    validation = Validation(course, [name], processes=processes, sandbox=sandbox, reuse=reuse)
    for _, verdict in validation.run():
        yield verdict


class Validation:
    """Everything that some assignments of a course are tried on.

    `total` is how many verdicts `run` yields, unless an assignment cannot be marked at all.

    Args:
        course: the course that holds the assignments.
        names: the assignments; all when left out.
        processes: how many things are done at once.
        sandbox: the rung of the walls, `"auto"` for the strongest this machine has.
        reuse: whether what was tried before, and nothing has changed since, is known.

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
    ) -> None:
        self.names = list(dict.fromkeys(names or course.names))
        for name in self.names:
            course.assignment(name)
        self._course = course
        self._processes = processes
        self._sandbox = sandbox
        self._scratch = tempfile.TemporaryDirectory(prefix="autograder-proof-")
        level, folder = choose_level(sandbox), Path(self._scratch.name)
        self._proofs = {name: _Proof(course, name, level, folder, reuse) for name in self.names}
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
                self._course,
                jobs,
                list(commands),
                processes=self._processes,
                sandbox=self._sandbox,
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


class _Proof:
    """What one assignment is tried on, and what is known of it so far."""

    def __init__(self, course: Course, name: str, level: str, scratch: Path, reuse: bool) -> None:
        self._course = course
        self._name = name
        self._right: dict[str, Marked] = {}
        self._reuse = reuse
        self._early: list[Verdict] = []
        self._looks: dict[str, Callable[[Course, str], Verdict]] = {}
        self._last = 0
        self._stamp = self._stamp_now()
        self.jobs: dict[Job, Case] = {}
        self.nbval: Command | None = None
        try:
            self._cache = Cache(course, name, level)
            made = list(self._each_case(scratch))
        except Exception as error:  # nbformat lets many kinds through
            self._early.append(_broken("build", error))
            return
        self._last = 2  # points and budget
        self._looks["build"] = fresh
        if not course.is_plain(name):
            self._looks["lint"] = linted
            self._prepare_nbval(scratch, reuse)
        for label, case in made:
            if isinstance(case, Case):
                self._prepare(case, reuse)
            else:
                self._early.append(_broken(label, case))

    @property
    def total(self) -> int:
        waiting = len(self._looks) + len(self.jobs) + (self.nbval is not None)
        return len(self._early) + waiting + self._last

    def first(self) -> Iterator[Verdict]:
        """Yield what is known, and what the build and the linter say, before anything is marked."""
        yield from self._early
        for label, look in self._looks.items():
            yield self._look(label, look)
        if not self.jobs and self._last:
            yield from self._promises()

    def marked(self, job: Job, result: Marked | Failure) -> Iterator[Verdict]:
        """The verdict on a job that is done; after the last one also those on all of them."""
        case = self.jobs.pop(job)
        verdict = judge(case, result)
        if isinstance(result, Marked):
            self._keep(case, result)
            # What is wrong may be so because the machine had much to do: it is tried again.
            if self._is_right(case, verdict, result):
                self._cache.put(self._key(job), replace(result, notebooks={}))
        yield verdict
        if not self.jobs:
            yield from self._promises()

    def ran(self, command: Command, ended: Ended) -> Verdict:
        """The verdict on the solution notebook."""
        complaints = tuple(nbval_complaints(command, ended))
        if not complaints and self._stamp == self._stamp_now():
            self._cache.keep(self._nbval_key(), {"seconds": ended.seconds})
        return Verdict("nbval", None, None, ended.seconds, complaints)

    def stopped(self, stopped: Stopped) -> Verdict:
        """The one verdict in place of all that could not be marked."""
        left, self._last = len(self.jobs), 0
        self.jobs.clear()
        reason = f"{stopped.reason} ({left} cases were not marked)"
        return Verdict("marking", None, None, 0.0, (reason,))

    def _each_case(self, scratch: Path) -> Iterator[tuple[str, Case | AutograderError]]:
        if self._course.is_plain(self._name):
            return plain_cases(self._course, self._name, scratch)
        return each_case(self._course, self._name)

    def _look(self, label: str, look: Callable[[Course, str], Verdict]) -> Verdict:
        """Return a verdict that needs no process of its own, or what is known of it."""
        key = self._cache.key_of(label, *self._contents())
        if self._reuse and self._cache.entry(key) is not None:
            return Verdict(label, None, None, 0.0, (), known=True)
        try:
            verdict = look(self._course, self._name)
        except Exception as error:  # what authors write may be anything
            verdict = _broken(label, error)
        if not verdict.complaints:
            self._cache.keep(key, {})
        return verdict

    def _prepare_nbval(self, scratch: Path, reuse: bool) -> None:
        entry = self._cache.entry(self._nbval_key()) if reuse else None
        if entry is not None:
            self._early.append(Verdict("nbval", None, None, entry["seconds"], (), known=True))
            return
        command = nbval_command(self._course, self._name, scratch)
        if isinstance(command, Command):
            self.nbval = command
        else:
            self._early.append(Verdict("nbval", None, None, 0.0, (command,)))

    def _prepare(self, case: Case, reuse: bool) -> None:
        # The phrases must come from the checks, and no verdict depend on another variant.
        task, notebook = case.alone or (None, case.notebook)
        job = Job(_STUDENT, case.folder or notebook, task, diagnosed=False)
        known = self._cache.get(self._key(job)) if reuse else None
        if known is None:
            self.jobs[job] = case
        else:
            self._keep(case, known)
            self._early.append(judge(case, known, known=True))

    def _keep(self, case: Case, result: Marked) -> None:
        if not case.fails:
            self._right[case.name] = result

    def _is_right(self, case: Case, verdict: Verdict, result: Marked) -> bool:
        """Whether nothing is wrong with a case, and no file was edited since it was marked."""
        slow = not case.fails and over_budget(self._course, self._name, case.name, result)
        return not verdict.complaints and not slow and self._stamp == self._stamp_now()

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
        """Every file that the build and the linter look at, and those of these two themselves."""
        rooms = [Path(str(room.__file__)).parent for room in (authoring, lint)]
        for path in (
            *self._files(),
            *(path for room in rooms for path in sorted(room.glob("*.py"))),
        ):
            yield str(path).encode()
            yield path.read_bytes()

    def _stamp_now(self) -> list[tuple[str, int, int]]:
        """What shows that a file was edited while its graders were tried."""
        stats = [(str(path), path.lstat()) for path in self._files()]
        return [(path, found.st_mtime_ns, found.st_size) for path, found in stats]

    def _files(self) -> Iterator[Path]:
        folders = (self._course.solution_dir(self._name), self._course.release_dir(self._name))
        files = [path for folder in folders for path in sorted(folder.rglob("*"))]
        for path in (*files, self._course.root / "nbgrader_config.py"):
            if path.is_file() and not _CACHES & set(path.parts):
                yield path


def _broken(label: str, error: Exception) -> Verdict:
    """The verdict on what cannot even be tried."""
    text = str(error) if isinstance(error, AutograderError) else f"{type(error).__name__}: {error}"
    return Verdict(label, None, None, 0.0, (text,))
