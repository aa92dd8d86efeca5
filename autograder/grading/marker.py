"""Mark submissions of one assignment: everything that is set up once, and then each in turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from nbformat import NotebookNode
from threadpoolctl import threadpool_limits

from autograder.checks import Suite, run_suite
from autograder.course import Course
from autograder.errors import CourseError, SubmissionError
from autograder.grading.cpu import CpuClock
from autograder.grading.handed_in import assignment_files, beside
from autograder.grading.prepared import Prepared, prepare
from autograder.grading.report import Report, TaskReport
from autograder.grading.run import NotebookRun
from autograder.grading.sheets import read_sheets
from autograder.notebook import Problem, node, read_notebook, splice, wording
from autograder.sandbox import Session, Zygote

T = TypeVar("T")


@dataclass(frozen=True)
class Marked:
    """A report, and by name the notebooks to show beside it: those that could be marked.

    `cpu_seconds` is what marking took, the sessions included; None where it was not measured.
    """

    report: Report
    notebooks: Mapping[str, NotebookNode] = field(default_factory=dict)
    cpu_seconds: float | None = None

    @property
    def notebook(self) -> NotebookNode | None:
        """The notebook of an assignment that has one; None when the file held none."""
        return next(iter(self.notebooks.values()), None)


class _Draft:
    """The parts of one submission's report, collected as they are found."""

    def __init__(self, marker: Marker, student: str, problems: Iterable[Problem] = ()) -> None:
        self._marker = marker
        self.student = student
        self._start, self._cpu = time.monotonic(), marker.clock.seconds()
        self._tasks: list[TaskReport] = []
        self.problems = list(problems)
        self._notebooks: dict[str, NotebookNode] = {}

    def add(
        self,
        sheet: Prepared,
        tasks: Iterable[TaskReport],
        problems: Iterable[Problem],
        shown: NotebookNode | None = None,
    ) -> None:
        """Add what one notebook came to; `shown` is the notebook to show."""
        name = sheet.sheet.name
        self._tasks += tasks
        named = name if len(self._marker.sheets) > 1 else ""
        self.problems += [replace(problem, notebook=named) for problem in problems]
        if shown is not None:
            self._notebooks[name] = shown

    def finish(self) -> Marked:
        """Return the report, as it is kept and shown."""
        report = Report(
            assignment=self._marker.name,
            student=self.student,
            max_score=sum(task.max_points for task in self._tasks),
            sandbox=self._marker.zygote.level,
            seconds=time.monotonic() - self._start,
            tasks=tuple(self._tasks),
            problems=tuple(self.problems),
        )
        cpu = self._marker.clock.seconds()
        used = None if cpu is None or self._cpu is None else cpu - self._cpu
        return Marked(report, self._notebooks, used)


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
        self.clock = CpuClock()

    def mark_file(self, path: Path, student: str, problems: Iterable[Problem] = ()) -> Marked:
        """Mark what was handed in, a notebook or for a plain assignment the folder with them.

        What is missing or cannot be read scores 0 and says why. `problems` are known already.
        """
        draft = _Draft(self, student, problems)
        if self.plain and path.is_dir():
            self._mark_folder(draft, path)
        elif len(self.sheets) > 1:
            several = ", ".join(f"{sheet}.ipynb" for sheet in self.sheets)
            message = f"this assignment has several notebooks, in one folder: {several}"
            for sheet in self.sheets.values():
                draft.add(sheet, sheet.nothing(), [Problem(None, "missing", message)])
        else:
            (sheet,) = self.sheets.values()
            wanted = f"{sheet.sheet.name}.ipynb"
            if path.parent.name == self.name and path.name != wanted and path.exists():
                draft.problems.append(wording.renamed(path.name, wanted))
            self._read_and_mark(draft, sheet, path, self._files)
        return draft.finish()

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
    ) -> Marked:
        """Mark a notebook that was read; the report never depends on earlier submissions.

        `name` says which of several notebooks it is; the report is of that one alone. Of a
        plain assignment, the files in `folder` are there when it runs. With a `task`, the
        notebook was made from `Sheet.only`, and the report is of this task alone. Unless
        `diagnosed`, no known mistake is looked for. `inputs` is that of `Suite`.
        """
        draft = _Draft(self, student)
        sheet = self.sheets[name] if name in self.sheets else next(iter(self.sheets.values()))
        if task is not None:
            sheet = sheet.only(task)
        if not diagnosed:
            sheet = replace(sheet, known_mistakes=None)
        files: Mapping[str, bytes] = self._files
        if self.plain and folder is not None:
            own, _ = beside(folder, {f"{sheet.sheet.name}.ipynb"}, files, self._room // 2)
            files = {**own, **files}
        self.suite.inputs = inputs
        try:
            self._mark_notebook(draft, sheet, notebook, files)
        finally:
            self.suite.inputs = ""
        return draft.finish()

    def _mark_folder(self, draft: _Draft, folder: Path) -> None:
        """Mark every notebook of the assignment that is in `folder`, each in a session of its own.

        They run, as in nbgrader, beside the other files that were handed in, of which the
        assignment's own replace those of the same name.
        """
        paths, problems = _notebooks_in(folder, list(self.sheets))
        names = {path.name for path in paths.values()}
        files, complete = beside(folder, names, self._files, self._room // 2)
        if not complete:
            message = "there are more or larger files than may be used; some were left out"
            problems.append(Problem(None, "files", message))
        draft.problems += problems
        files |= self._files
        for name, sheet in self.sheets.items():
            self._read_and_mark(draft, sheet, paths[name], files)

    def _read_and_mark(
        self, draft: _Draft, sheet: Prepared, path: Path, files: Mapping[str, bytes]
    ) -> None:
        if not path.exists():
            message = f"no notebook was handed in: {path.name} was expected"
            others = [other.name for other in sorted(path.parent.glob("*.ipynb"))]
            if others and len(self.sheets) == 1:
                message += f", and which of {', '.join(others)} is meant is not clear"
            draft.add(sheet, sheet.nothing(), [Problem(None, "missing", message)])
            return
        try:
            notebook, problems = read_notebook(path)
        except SubmissionError as error:
            draft.add(sheet, sheet.nothing(), [Problem(None, error.kind, str(error))])
            return
        self._mark_notebook(draft, sheet, notebook, files, problems)

    def _mark_notebook(
        self,
        draft: _Draft,
        sheet: Prepared,
        notebook: NotebookNode,
        files: Mapping[str, bytes],
        problems: Iterable[Problem] = (),
    ) -> None:
        spliced = splice(sheet.sheet.released, notebook)
        found = [*problems, *spliced.problems]
        if not spliced.recognised:
            draft.add(sheet, sheet.nothing(), found)
            return
        run = NotebookRun(
            sheet, spliced.cells, draft.student, lambda: self._fork(draft.student, files)
        )
        tasks, cells, seen = run.run()
        shown = node({**sheet.sheet.released, "cells": cells})
        draft.add(sheet, tasks, [*found, *seen], shown)

    def _own_files(self, course: Course) -> tuple[Path | None, dict[str, bytes]]:
        """Return what comes with the assignment: a folder to link as `data/`, and files to copy.

        A plain assignment has files of any name, which a notebook may change; only where
        they are too large to be copied for every student its `data/` is linked, too.
        """
        if not self.plain:
            data = course.release_dir(self.name) / "data"
            return (data if data.is_dir() else None), {}
        from autograder.nbgrader.plain import plain_files

        files = plain_files(course, self.name)
        content = assignment_files(files, self._room)
        if content is not None:
            return None, content
        small = {key: path for key, path in files.items() if not key.startswith("data/")}
        content = assignment_files(small, self._room)
        if content is None:
            raise CourseError(
                f"the files beside the notebooks of {self.name} are larger than "
                f"{self._room >> 20} MiB: move large ones to data/, or raise files_mb in course.yml"
            )
        return course.solution_dir(self.name) / "data", content

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
        if variants:
            session.set_variants(variants)
        return session


def _notebooks_in(folder: Path, names: list[str]) -> tuple[dict[str, Path], list[Problem]]:
    """Return where each notebook of a submission is, and what is to be said of the others."""
    paths = {name: folder / f"{name}.ipynb" for name in names}
    others = sorted(set(folder.glob("*.ipynb")) - set(paths.values()))
    if len(names) == 1 and len(others) == 1 and not paths[names[0]].exists():
        return {names[0]: others[0]}, [wording.renamed(others[0].name, f"{names[0]}.ipynb")]
    problems = []
    if others and any(path.exists() for path in paths.values()):
        listed = ", ".join(path.name for path in others[:5])
        text = f"not part of this assignment, and not marked: {listed}."
        problems.append(wording.harmless(None, "extra", text))
    return paths, problems


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
        )
