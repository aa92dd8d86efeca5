"""Building an assignment: master → solution notebook → what students get."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.build.execute import execute
from autograder.build.gradebook import save_cells
from autograder.build.leaks import scan_files, secrets_of
from autograder.build.master import Master, read_master
from autograder.build.release import (
    built_from,
    extra_files,
    public_files,
    release_files,
    release_notebook,
    write_release,
)
from autograder.course import Course
from autograder.errors import BuildError, LeakError
from autograder.notebook import Task, grade_id_of, load_notebook, notebook_bytes, tasks_of


@dataclass(frozen=True)
class BuildReport:
    """What was built, or found up to date: the tasks, the released files, the seconds it took."""

    name: str
    tasks: tuple[Task, ...]
    files: tuple[str, ...]
    seconds: float
    checked: bool

    @property
    def points(self) -> float:
        """Points of the whole assignment."""
        return sum(task.points for task in self.tasks)

    def __str__(self) -> str:
        count = f"{len(self.tasks)} task{'s' * (len(self.tasks) != 1)}, {self.points:g} points"
        if self.checked:
            return f"{self.name}: up to date ({count})"
        return f"{self.name}: {count}, built in {self.seconds:.1f} s: {', '.join(self.files)}"


def build(
    course: Course,
    names: Sequence[str] | None = None,
    *,
    check: bool = False,
    gradebook: bool = True,
) -> list[BuildReport]:
    """Build the assignments `names`, or all, and return a report on each.

    With `check` nothing is run or written: BuildError lists all that is out of date. Without
    `gradebook` nbgrader's database is left alone. Raises BuildError for a master that is
    wrong or does not run, LeakError where something secret would be released; nothing of
    that assignment is written then.
    """
    chosen = list(names or course.names)
    if not check:
        return [_build(course, name, gradebook=gradebook) for name in chosen]
    problems: list[str] = []
    reports = []
    for name in chosen:
        start = time.monotonic()
        try:
            master = _master(course, name)
            stale = list(_out_of_date(course, name, master))
        except BuildError as error:
            stale = [str(error)]
        problems += [f"{name}: {what}" for what in stale]
        if not stale:
            files = (f"{name}.ipynb", *public_files(course, name))
            tasks = tasks_of(master.notebook)
            reports.append(BuildReport(name, tasks, files, time.monotonic() - start, True))
    if problems:
        raise BuildError("\n".join(problems))
    return reports


def _build(course: Course, name: str, *, gradebook: bool) -> BuildReport:
    start = time.monotonic()
    master = _master(course, name)
    source = built_from(course, name)
    limit = course.limits_for(name).submission_seconds
    solution = execute(master, public_files(course, name), name=name, seconds=limit)
    _expect_full_marks(master, solution)
    solution.metadata.autograder = {"built_from": source}
    files = _release(course, name, solution)
    leaks = scan_files(secrets_of(course, name), files, f"assignments/{name}")
    if leaks:
        raise LeakError("\n".join(map(str, leaks)))
    if gradebook:
        save_cells(course, name, solution)
    _solution_path(course, name).write_bytes(notebook_bytes(solution))
    write_release(course.release_dir(name), files)
    tasks = tasks_of(master.notebook)
    return BuildReport(name, tasks, tuple(files), time.monotonic() - start, False)


def _expect_full_marks(master: Master, solution: NotebookNode) -> None:
    """Raise BuildError where the solution does not pass its own public checks."""
    checked = {task.test_cell: task for task in tasks_of(solution) if task.kind == "checks"}
    for index, cell in enumerate(solution.cells):
        task = checked.get(grade_id_of(cell) or "")
        shown = [
            output.data.get("text/plain", "")
            for output in cell.get("outputs", ())
            if "data" in output
        ]
        if task is not None and shown != [f"{task.points:g}"]:
            raise BuildError(
                f"{master.where(index)}: the solution gets {', '.join(shown) or 'nothing'} of "
                f"{task.points:g} points from the public checks of `{task.id}`"
            )


def _out_of_date(course: Course, name: str, master: Master) -> Iterator[str]:
    """Yield what is out of date, and how to mend it."""
    again = f"run `autograder build {name}`"
    solution = _read_solution(course, name)
    if solution is None:
        yield f"solutions/{name}/{name}.ipynb is missing or broken; {again}"
        return
    if solution.metadata.get("autograder", {}).get("built_from") != built_from(course, name):
        yield f"the master, checks.py or data/ changed after the last build; {again}"
    elif _skeleton(solution) != _skeleton(master.notebook):
        yield f"solutions/{name}/{name}.ipynb was changed by hand; change {name}.py and {again}"
    folder = course.release_dir(name)
    wanted = _release(course, name, solution)
    for relative, content in wanted.items():
        path = folder / relative
        if not path.is_file():
            yield f"assignments/{name}/{relative} is missing; {again}"
        elif path.read_bytes() != content:
            yield f"assignments/{name}/{relative} is out of date; {again}"
    for relative in extra_files(folder, wanted):
        yield f"assignments/{name}/{relative} is not released by the build; remove it or {again}"
    on_disk = {
        relative: (folder / relative).read_bytes()
        for relative in (*wanted, *extra_files(folder, wanted))
        if (folder / relative).is_file()
    }
    for leak in scan_files(secrets_of(course, name), on_disk, f"assignments/{name}"):
        yield str(leak)


def _master(course: Course, name: str) -> Master:
    master = read_master(course.solution_dir(name) / f"{name}.py")
    needs_checks = [task.id for task in tasks_of(master.notebook) if task.kind == "checks"]
    if needs_checks and not (course.solution_dir(name) / "checks.py").is_file():
        raise BuildError(
            f"solutions/{name}/checks.py is missing, but test cells call check for: "
            f"{', '.join(needs_checks)}"
        )
    return master


def _release(course: Course, name: str, solution: NotebookNode) -> dict[str, bytes]:
    return release_files(course, name, release_notebook(course, name, solution))


def _solution_path(course: Course, name: str) -> Path:
    return course.solution_dir(name) / f"{name}.ipynb"


def _read_solution(course: Course, name: str) -> NotebookNode | None:
    try:
        return load_notebook(_solution_path(course, name))
    except Exception:  # nbformat lets many kinds through
        return None


def _skeleton(notebook: NotebookNode) -> list[tuple[str, str, str, object]]:
    """Return what of a notebook comes from its master, cell by cell."""
    return [
        (cell.id, cell.cell_type, cell.source, cell.metadata.get("nbgrader"))
        for cell in notebook.cells
    ]
