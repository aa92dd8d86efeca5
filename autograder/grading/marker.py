"""Mark submissions of one assignment: everything that is set up once, and then each in turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from nbformat import NotebookNode
from threadpoolctl import threadpool_limits

from autograder.checks import Suite, run_suite
from autograder.course import Course, read_secret
from autograder.errors import CourseError, SubmissionError
from autograder.grading.clock import CpuClock
from autograder.grading.handed_in import assignment_files, beside, look_into, ordinary_files
from autograder.grading.report import Report, TaskReport
from autograder.grading.run import NotebookRun, bare
from autograder.grading.sheets import Prepared, prepare, read_sheets
from autograder.notebook import (
    Cell,
    Problem,
    Spliced,
    names_shown,
    nbgrader_of,
    node,
    only_says_a_name,
    read_notebook,
    splice,
    wording,
)
from autograder.sandbox import Session, Zygote

T = TypeVar("T")


@dataclass(frozen=True)
class Marked:
    """A report, and by name the notebooks to show beside it: those that could be marked.

    `cpu_seconds` is what marking took, the sessions included; None where it was not measured.
    `disturbed` says that a session was lost in a way that others on the machine may have caused.
    """

    report: Report
    notebooks: Mapping[str, NotebookNode] = field(default_factory=dict)
    cpu_seconds: float | None = None
    disturbed: bool = False

    @property
    def notebook(self) -> NotebookNode | None:
        """The notebook of an assignment that has one; None when the file held none."""
        return next(iter(self.notebooks.values()), None)


@dataclass(frozen=True)
class _Part:
    """The result of one notebook; `shown` is the notebook to show, where it could be marked.

    `touched` says that it holds something of the student's.
    """

    tasks: Sequence[TaskReport]
    problems: Sequence[Problem]
    shown: NotebookNode | None = None
    touched: bool = False

    def waiting(self) -> _Part:
        """Return the same with what lost points left to a person: where the work is was unclear."""
        tasks = [
            task if task.points == task.max_points else replace(task, points=None, note="")
            for task in self.tasks
        ]
        return replace(self, tasks=tasks)


class Marker:
    """Marks submissions of one assignment; made by `with_marker`."""

    def __init__(self, course: Course, name: str, suite: Suite, zygote: Zygote) -> None:
        self.name = name
        self.suite = suite
        self.zygote = zygote
        self.plain = course.is_plain(name)
        self.sheets = {
            sheet.name: prepare(course, name, sheet, suite) for sheet in read_sheets(course, name)
        }
        # Of what the session may have, half is for the assignment's files, a quarter for the
        # student's, and the rest for what the cells write.
        self._room = course.limits_for(name).files_mb << 19
        self._data, self._files = self._own_files(course)
        self._forked: list[Session] = []
        released = course.solution_dir(name) if self.plain else course.release_dir(name)
        self._given = [
            relative for relative, _ in ordinary_files(released) if not relative.endswith(".ipynb")
        ]
        self.clock = CpuClock()

    def mark_file(self, path: Path, student: str, problems: Iterable[Problem] = ()) -> Marked:
        """Mark what was handed in, a notebook or the folder that holds it.

        What is missing or cannot be read scores 0 and says why; where something else is there it
        waits for a person, and so do answers that are right for the numbers of somebody else.
        `problems` are known already.
        """
        start = self._start()
        problems = list(problems)
        if path.is_dir():
            found, parts = self._mark_folder(path, student)
            problems += found
        elif len(self.sheets) > 1:
            several = ", ".join(f"{name}.ipynb" for name in self.sheets)
            message = f"this assignment has several notebooks, in one folder: {several}"
            missing = Problem(None, "missing", message)
            parts = {name: _Part(sheet.nothing(), [missing]) for name, sheet in self.sheets.items()}
        else:
            ((name, sheet),) = self.sheets.items()
            wanted = f"{name}.ipynb"
            if path.parent.name == self.name and path.name != wanted and path.exists():
                problems.append(wording.renamed(path.name, wanted))
            parts = {name: self._read_and_mark(sheet, path, student, self._files)}
        return self._marked(student, start, parts, problems)

    def mark(
        self,
        notebook: NotebookNode,
        student: str,
        *,
        name: str | None = None,
        folder: Path | None = None,
        task: str | None = None,
        diagnosed: bool = True,
        inputs: str = "",
        names: Sequence[str] | None = None,
    ) -> Marked:
        """Mark a notebook that was read; the report never depends on earlier submissions.

        `name` says which of several notebooks it is; the report is of that one alone. Of a
        plain assignment, the files in `folder` are there when it runs. With a `task`, the
        notebook was made from `Sheet.only`, and the report is of this task alone. Unless
        `diagnosed`, no known mistake is looked for. `inputs` is that of `Suite`. With `names`,
        which the notebook says, answers to others' numbers wait for a person, as in `mark_file`.
        """
        start = self._start()
        name = name if name in self.sheets else next(iter(self.sheets))
        sheet = self.sheets[name]
        if task is not None:
            sheet = sheet.only(task)
        if not diagnosed:
            sheet = replace(sheet, known_mistakes=None)
        files: Mapping[str, bytes] = self._files
        if self.plain and folder is not None:
            own, _ = beside(folder, {f"{name}.ipynb"}, files, self._room // 2)
            files = {**own, **files}
        self.suite.inputs = inputs
        try:
            part = self._mark_notebook(sheet, notebook, student, files, names=names)
        finally:
            self.suite.inputs = ""
        return self._marked(student, start, {name: part})

    def _mark_folder(self, folder: Path, student: str) -> tuple[list[Problem], dict[str, _Part]]:
        """Mark every notebook of the assignment that is in `folder`, each in a session of its own.

        Those of a plain one run, as in nbgrader, beside the other files that were handed in, of
        which the assignment's own replace those of the same name.
        """
        found = look_into(folder, list(self.sheets), self._given)
        problems = list(found.problems)
        files: dict[str, bytes] = {}
        if self.plain:
            names = {path.name for path in found.notebooks.values()}
            files, complete = beside(found.root, names, self._files, self._room // 2)
            if not complete:
                message = "there are more or larger files than may be used; some were left out"
                problems.append(Problem(None, "files", message))
        files |= self._files
        parts = {}
        for name, sheet in self.sheets.items():
            if name in found.notebooks:
                path = found.notebooks[name]
                parts[name] = self._read_and_mark(sheet, path, student, files)
            else:
                there = found.spare or found.others
                problem = wording.not_there(f"{name}.ipynb", there, waits=found.unclear)
                part = _Part(sheet.nothing(), [problem])
                parts[name] = part.waiting() if found.unclear else part
        if found.notebooks and found.spare:
            clear = not found.unclear or any(part.touched for part in parts.values())
            problems.append(wording.spare(found.spare, clear=clear))
            if not clear:
                parts = {name: part.waiting() for name, part in parts.items()}
        return problems, parts

    def _read_and_mark(
        self,
        sheet: Prepared,
        path: Path,
        student: str,
        files: Mapping[str, bytes],
    ) -> _Part:
        if not path.exists():
            return _Part(sheet.nothing(), [wording.not_there(path.name)])
        try:
            notebook, problems = read_notebook(path)
        except SubmissionError as error:
            return _Part(sheet.nothing(), [Problem(None, error.kind, str(error))])
        names = names_shown(notebook)
        return self._mark_notebook(sheet, notebook, student, files, problems, names)

    def _mark_notebook(
        self,
        sheet: Prepared,
        notebook: NotebookNode,
        student: str,
        files: Mapping[str, bytes],
        problems: Iterable[Problem] = (),
        names: Sequence[str] | None = None,
    ) -> _Part:
        spliced = splice(sheet.sheet.released, notebook)
        found = [*problems, *spliced.problems]
        if not spliced.recognised:
            return self._unrecognised(sheet, spliced, found)
        run = NotebookRun(sheet, spliced.cells, student, lambda: self._fork(student, files), names)
        tasks, cells, seen = run.run()
        shown = node({**sheet.sheet.released, "cells": cells})
        touched = any(map(_is_own, spliced.cells))
        return _Part(tasks, [*found, *seen], shown, touched)

    def _unrecognised(
        self, sheet: Prepared, spliced: Spliced, problems: Sequence[Problem]
    ) -> _Part:
        """Return what a person has to look at; where nothing was written there is nothing."""
        if not spliced.unknown:
            return _Part(sheet.nothing(), problems)
        cells = [bare(cell) for cell in (*spliced.unknown, *spliced.cells)]
        return _Part(sheet.unknown(), problems, node({**sheet.sheet.released, "cells": cells}))

    def _start(self) -> tuple[float, float | None]:
        self._forked.clear()
        return self._now()

    def _now(self) -> tuple[float, float | None]:
        return time.monotonic(), self.clock.seconds()

    def _marked(
        self,
        student: str,
        start: tuple[float, float | None],
        parts: Mapping[str, _Part],
        problems: Iterable[Problem] = (),
    ) -> Marked:
        """Return what the notebooks came to, by name, as it is kept and shown."""
        tasks = tuple(task for part in parts.values() for task in part.tasks)
        several = len(self.sheets) > 1
        named = [
            replace(problem, notebook=name if several else "")
            for name, part in parts.items()
            for problem in part.problems
        ]
        (began, cpu_before), (now, cpu) = start, self._now()
        report = Report(
            assignment=self.name,
            student=student,
            max_score=sum(task.max_points for task in tasks),
            sandbox=self.zygote.level,
            seconds=now - began,
            tasks=tasks,
            problems=(*problems, *named),
        )
        shown = {name: part.shown for name, part in parts.items() if part.shown is not None}
        disturbed = any(session.disturbed for session in self._forked)
        used = None if cpu is None or cpu_before is None else cpu - cpu_before
        return Marked(report, shown, used, disturbed)

    def _own_files(self, course: Course) -> tuple[Path | None, dict[str, bytes]]:
        """Return what comes with the assignment: a folder to link as `data/`, and files to copy.

        A plain assignment has files of any name, which a notebook may change; only where
        they are too large to be copied for every student its `data/` is linked, too.
        """
        if not self.plain:
            released = course.release_dir(self.name) / "data"
            return (released if released.is_dir() else None), {}
        from autograder.nbgrader.plain import plain_files

        files = plain_files(course, self.name)
        data = None
        content = assignment_files(files, self._room)
        if content is None:
            data = course.solution_dir(self.name) / "data"
            small = {key: path for key, path in files.items() if not key.startswith("data/")}
            content = assignment_files(small, self._room)
        if content is None:
            raise CourseError(
                f"the files beside the notebooks of {self.name} are larger than "
                f"{self._room >> 20} MiB: move large ones to data/, or raise files_mb in course.yml"
            )
        return data, content

    def _fork(self, student: str, files: Mapping[str, bytes]) -> Session:
        """Return a fresh session, in which `variant(...)` answers with this student's numbers."""
        session = self.zygote.session(
            data_dir=self._data,
            student=student,
            files=files,
            # nbgrader never seeds: what the notebook seeds itself holds for the cells after.
            reseed=not self.plain,
        )
        variants = self.suite.variants(student)
        self._forked.append(session)
        if variants:
            session.set_variants(variants)
        return session


def _is_own(cell: Cell) -> bool:
    """Return whether a cell holds something that the student wrote to be marked."""
    if cell.role == "added":
        return bool(cell.source.strip()) and not only_says_a_name(cell.source)
    return cell.answered and bool(nbgrader_of(cell.original).get("solution"))


def open_zygote(course: Course, name: str, sandbox: str = "auto") -> Zygote:
    """Return the process that sessions for assignment `name` are forked from; close it when done.

    Raises SandboxError where this machine has no walls and `sandbox` is not `"none"`.
    """
    folder = course.solution_dir(name) if course.is_plain(name) else course.release_dir(name)
    data = folder / "data"
    return Zygote(
        preload=course.preload,
        level=sandbox,
        limits=course.limits_for(name),
        hidden=[course.root, course.solution_dir(name), course.submitted_dir],
        visible=[data] if data.is_dir() else [],
    )


def with_marker(
    course: Course,
    name: str,
    body: Callable[[Marker], T],
    *,
    sandbox: str = "auto",
    zygote: Zygote | None = None,
) -> T:
    """Set up all that marking `name` needs once, and return what `body(marker)` returns.

    The marker is of no use afterwards. Callers that mark again and again pass a `zygote` that is
    open already; without one, `sandbox` is as in `open_zygote`, errors included. Raises
    CourseError where the assignment is unknown or not built.
    """
    course.assignment(name)
    folder = course.solution_dir(name)
    with ExitStack() as stack:
        source = zygote or stack.enter_context(open_zygote(course, name, sandbox))

        def mark(suite: Suite) -> T:
            # One thread: sums come out the same every time, and small matrices sooner.
            with threadpool_limits(limits=1):
                return body(Marker(course, name, suite, source))

        public, hidden = folder / "checks.py", folder / "hidden_checks.py"
        return run_suite(
            None if course.is_plain(name) and not public.exists() else public,
            hidden if hidden.exists() else None,
            mark,
            assignment=name,
            secret=read_secret(course) if hidden.exists() else "",
        )
