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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.course import Course, load_course
from autograder.errors import AutograderError, SandboxError
from autograder.grading.marker import Marked, Marker, with_marker

_TRIES = 2
_NO_ZYGOTE = 75  # the exit status of a grader process that has lost its zygote


@dataclass(frozen=True, eq=False)  # a key of dictionaries: two jobs may mark the same
class Job:
    """One thing to mark: a file a student handed in, or a notebook made in memory."""

    student: str
    source: Path | NotebookNode


@dataclass(frozen=True)
class Failure:
    """The grader itself failed on a job; not the student's fault and not a mark."""

    reason: str


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    job: Job | None = None

    def give(self, job: Job | None) -> None:
        """Send the next job, or None when there is none left."""
        self.job = job
        # A process that has ended since it last spoke is noticed when we listen.
        with contextlib.suppress(OSError):
            self.connection.send(job)

    def listen(self) -> tuple[str, Any] | None:
        """What the process says next, or None when it has ended."""
        try:
            said: tuple[str, Any] = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            return None
        return said


def mark_all(
    course: Course, name: str, jobs: Sequence[Job], *, processes: int, sandbox: str = "auto"
) -> Iterator[tuple[Job, Marked | Failure]]:
    """Mark `jobs` of one assignment, yielding each as it is done, in no particular order.

    A job that ends its grader process is tried once more in a fresh one, and becomes a
    Failure when that ends too; the others go on.

    Raises:
        AutograderError: marking cannot start at all (no walls, broken checks).
    """
    waiting = deque(jobs)
    tries: Counter[Job] = Counter()
    workers: list[_Worker] = []
    dismissed: list[_Worker] = []
    try:
        for _ in range(min(processes, len(jobs))):
            workers.append(_start(course, name, sandbox))
        while workers:
            for connection in wait([worker.connection for worker in workers]):
                worker = next(w for w in workers if w.connection is connection)
                said, job = worker.listen(), worker.job
                if said is None:
                    workers.remove(worker)
                    code = worker.process.exitcode
                    if job is None:
                        raise AutograderError(
                            f"a grader process ended with code {code} before it could mark anything"
                        )
                    tries[job] += 1
                    if tries[job] < _TRIES:
                        waiting.appendleft(job)
                    else:
                        yield job, Failure(f"the grader process ended with code {code}, twice")
                    if waiting:
                        workers.append(_start(course, name, sandbox))
                    continue
                kind, payload = said
                if kind == "fatal":
                    raise payload
                worker.give(waiting.popleft() if waiting else None)
                if worker.job is None:
                    workers.remove(worker)
                    dismissed.append(worker)
                if job is not None:
                    yield job, payload
    finally:
        for worker in workers:
            worker.process.terminate()
        for worker in (*workers, *dismissed):
            worker.process.join()
            worker.connection.close()


def _start(course: Course, name: str, sandbox: str) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_work, args=(theirs, course.root, name, sandbox), name=f"grader of {name}"
    )
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(connection: Connection, root: Path, name: str, sandbox: str) -> None:
    """A grader process: says it is ready, then marks what it is sent until told to stop."""

    def serve(marker: Marker) -> None:
        connection.send(("ready", None))
        while (job := connection.recv()) is not None:
            connection.send(("marked", _mark(marker, job)))

    try:
        with_marker(load_course(root), name, serve, sandbox=sandbox)
    except AutograderError as error:
        connection.send(("fatal", AutograderError(str(error))))
    except (EOFError, ConnectionError):
        pass  # the parent is gone: nobody is left to mark for
    except Exception:
        connection.send(("fatal", AutograderError(traceback.format_exc())))


def _mark(marker: Marker, job: Job) -> Marked | Failure:
    try:
        if isinstance(job.source, Path):
            return marker.mark_file(job.source, job.student)
        return marker.mark(job.source, job.student)
    except SandboxError:
        # Without its zygote this process can mark nobody; the pool tries again in a fresh one.
        traceback.print_exc()
        sys.stderr.flush()
        marker.zygote.close()  # nobody else is left to remove its folder
        os._exit(_NO_ZYGOTE)
    except Exception:
        # One submission that trips a fault of ours must not stop the class.
        return Failure(traceback.format_exc())
