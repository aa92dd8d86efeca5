"""Marking in parallel: one grader process a core, each with its own zygote and checks.

What a worker sends back was made by the grader, never by a session, so pickling it is safe.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import traceback
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.course import Course, load_course
from autograder.errors import AutograderError, NoRoomError, SandboxError
from autograder.grading.command import Command, CommandWorker, Ended
from autograder.grading.marker import Marked, Marker, with_marker
from autograder.notebook import Problem

_NO_ZYGOTE = 75  # the exit status of a grader process that has lost its zygote


@dataclass(frozen=True, eq=False)  # a key of dictionaries: two jobs may mark the same
class Job:
    """One thing to mark: a file a student handed in, or a notebook made in memory.

    With a `task`, a notebook made from `Sheet.only` is marked for this task alone. Without
    `diagnosed` no known mistake is named. `problems` of a file are those known before it is
    read. `inputs` names what the checks' random numbers are drawn from; students are marked
    with those of `""`.
    """

    student: str
    source: Path | NotebookNode
    task: str | None = None
    diagnosed: bool = True
    problems: tuple[Problem, ...] = ()
    inputs: str = ""


@dataclass(frozen=True)
class Failure:
    """The grader itself failed on a job; not the student's fault and not a mark.

    `disturbed` says that others on the machine may have caused it.
    """

    reason: str
    disturbed: bool = False


@dataclass(frozen=True)
class Stopped:
    """Nothing more of an assignment can be marked: its checks do not load, there are no walls."""

    name: str
    reason: str


@dataclass
class _Worker:
    name: str
    process: BaseProcess
    connection: Connection
    waiting: deque[Job]
    job: Job | None = None

    def send(self, job: Job | None) -> None:
        """Send the next job, or None when there is none left."""
        self.job = job
        # A process that has ended since it last spoke is noticed when we listen.
        with contextlib.suppress(OSError):
            self.connection.send(job)

    def receive(self) -> tuple[str, Any] | None:
        """Return what the process says next, or None when it has ended."""
        try:
            message: tuple[str, Any] = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            return None
        return message


def mark_all(
    course: Course, name: str, jobs: Sequence[Job], *, processes: int, sandbox: str = "auto"
) -> Iterator[tuple[Job, Marked | Failure]]:
    """Mark `jobs` of one assignment, yielding each as it is done, in no particular order.

    A job that ends its grader process is tried once more, and becomes a Failure when the next
    ends too; the others go on. So is one that lost a session as others may have caused it. Each
    second try is made when nothing else is at work, in a fresh process. Raises AutograderError
    where marking cannot start at all (no walls, broken checks).
    """
    for job, result in work_through(course, {name: jobs}, processes=processes, sandbox=sandbox):
        if isinstance(result, Stopped):
            raise AutograderError(result.reason)
        if isinstance(job, Job) and not isinstance(result, Ended):
            yield job, result


def work_through(
    course: Course,
    jobs: Mapping[str, Sequence[Job]],
    commands: Sequence[Command] = (),
    *,
    processes: int,
    sandbox: str = "auto",
) -> Iterator[tuple[Job | Command | None, Marked | Failure | Stopped | Ended]]:
    """Mark the jobs of several assignments and run commands beside, as `mark_all` does.

    At most `processes` things are done at once; a process that has nothing left to do for its
    assignment makes room for another's. Where an assignment cannot be marked its Stopped comes
    once, with no job, and its other jobs are left out.
    """
    with contextlib.closing(_Pool(course, jobs, commands, processes, sandbox)) as pool:
        yield from pool.run()


class _Pool:
    """The workers of one run, and what still has to be done."""

    def __init__(
        self,
        course: Course,
        jobs: Mapping[str, Sequence[Job]],
        commands: Sequence[Command],
        processes: int,
        sandbox: str,
    ) -> None:
        self._course = course
        self._waiting = {name: deque(each) for name, each in jobs.items()}
        self._commands = deque(commands)
        self._processes = processes
        self._sandbox = sandbox
        # What is tried again when nothing else is at work, and the jobs that ever were in there.
        self._alone: dict[str, deque[Job]] = {name: deque() for name in jobs}
        self._again: set[Job] = set()
        self._workers: list[_Worker] = []
        self._running: list[CommandWorker] = []
        self._retired: list[_Worker] = []

    def run(self) -> Iterator[tuple[Job | Command | None, Marked | Failure | Stopped | Ended]]:
        self._start_workers()
        while self._workers or self._running:
            at_work: list[_Worker | CommandWorker] = [*self._workers, *self._running]
            ready = wait([worker.connection for worker in at_work])
            for worker in at_work:
                if worker.connection not in ready:
                    continue
                if isinstance(worker, CommandWorker):
                    self._running.remove(worker)
                    yield worker.command, worker.result()
                elif worker in self._workers:  # and not retired by what another has said
                    yield from self._receive(worker)
            self._start_workers()

    def close(self) -> None:
        """End whatever still runs."""
        for running in self._running:
            running.stop()
        for worker in self._workers:
            worker.process.terminate()
        for worker in (*self._workers, *self._retired):
            worker.process.join()
            worker.connection.close()

    def _receive(self, worker: _Worker) -> Iterator[tuple[Job | None, Marked | Failure | Stopped]]:
        message, job = worker.receive(), worker.job
        if message is None:
            yield from self._lost(worker)
            return
        kind, payload = message
        if kind == "fatal":
            self._retire(worker)
            worker.waiting.extend([job] if job else [])
            yield from self._stop(worker.name, payload)
            return
        worker.send(worker.waiting.popleft() if worker.waiting else None)
        if worker.job is None:
            self._retire(worker)
        if job is None:
            return
        if not (payload.disturbed and self._try_alone(worker, job)):
            yield job, payload

    def _lost(self, worker: _Worker) -> Iterator[tuple[Job | None, Failure | Stopped]]:
        """Handle a grader process that has ended by itself."""
        self._retire(worker)
        code, job = worker.process.exitcode, worker.job
        if job is None:
            reason = f"a grader process ended with code {code} before it could mark anything"
            yield from self._stop(worker.name, reason)
            return
        if not self._try_alone(worker, job):
            yield job, Failure(f"the grader process ended with code {code}, twice")

    def _try_alone(self, worker: _Worker, job: Job) -> bool:
        """Put a job back, to be tried when nothing else is at work; False where it was."""
        if job in self._again:
            return False
        self._again.add(job)
        self._alone[worker.name].append(job)
        return True

    def _stop(self, name: str, reason: str) -> Iterator[tuple[None, Stopped]]:
        """Give up an assignment; what its other processes still say is not heard."""
        if not self._waiting[name] and not self._alone[name]:
            return  # nothing is left that this process would have been needed for
        self._waiting[name].clear()
        self._alone[name].clear()
        for worker in [worker for worker in self._workers if worker.name == name]:
            worker.process.terminate()
            self._retire(worker)
        yield None, Stopped(name, reason)

    def _retire(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        self._retired.append(worker)

    def _start_workers(self) -> None:
        """Fill free places: commands first, then assignments nobody marks yet, then the longest."""
        while len(self._workers) + len(self._running) < self._processes:
            if self._commands:
                self._running.append(CommandWorker(self._commands.popleft()))
                continue
            at_work = Counter(worker.name for worker in self._workers)
            # Whoever is not ready yet will take a job, too.
            starting = Counter(worker.name for worker in self._workers if worker.job is None)
            open_jobs = {
                name: len(waiting) - starting[name] for name, waiting in self._waiting.items()
            }
            wanted = [n for n in open_jobs if open_jobs[n] > 0]
            if not wanted:
                break
            name = max(wanted, key=lambda n: (not at_work[n], open_jobs[n]))
            self._start(name, self._waiting[name])
        again = next((name for name, jobs in self._alone.items() if jobs), None)
        if again is not None and not self._workers and not self._running:
            self._start(again, self._alone[again])

    def _start(self, name: str, waiting: deque[Job]) -> None:
        process, connection = _start(self._course, name, self._sandbox)
        self._workers.append(_Worker(name, process, connection, waiting))


def _start(course: Course, name: str, sandbox: str) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_work, args=(theirs, course.root, name, sandbox), name=f"grader of {name}"
    )
    process.start()
    theirs.close()
    return process, ours


def _work(connection: Connection, root: Path, name: str, sandbox: str) -> None:
    """A grader process: says it is ready, then marks what it is sent until told to stop."""

    def serve(marker: Marker) -> None:
        connection.send(("ready", None))
        while (job := connection.recv()) is not None:
            connection.send(("marked", _mark(marker, job)))

    try:
        with_marker(load_course(root), name, serve, sandbox=sandbox)
    except AutograderError as error:
        connection.send(("fatal", str(error)))
    except (EOFError, ConnectionError):
        pass  # the parent is gone: nobody is left to mark for
    except Exception:
        connection.send(("fatal", traceback.format_exc()))


def _mark(marker: Marker, job: Job) -> Marked | Failure:
    try:
        if isinstance(job.source, Path):
            return marker.mark_file(job.source, job.student, job.problems)
        return marker.mark(
            job.source, job.student, task=job.task, diagnosed=job.diagnosed, inputs=job.inputs
        )
    except NoRoomError as error:
        return Failure(str(error), disturbed=True)
    except SandboxError:
        # Without its zygote this process can mark nobody; the pool tries again in a fresh one.
        traceback.print_exc()
        sys.stderr.flush()
        marker.zygote.close()  # nobody else is left to remove its folder
        os._exit(_NO_ZYGOTE)
    except Exception:
        # One submission that trips a fault of ours must not stop the class.
        return Failure(traceback.format_exc())
