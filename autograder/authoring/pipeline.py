"""Building an assignment: master → solution notebook → what students get."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.execute import execute
from autograder.authoring.leaks import described, scan_files, secrets_of
from autograder.authoring.master import Master, read_master
from autograder.authoring.release import (
    built_from,
    extra_files,
    public_files,
    release_files,
    write_release,
)
from autograder.course import Course
from autograder.errors import BuildError, LeakError
from autograder.nbgrader.cells import save_cells
from autograder.nbgrader.plain import is_generated, plain_source
from autograder.nbgrader.release import release_notebook
from autograder.notebook import Task, grade_id_of, load_notebook, notebook_bytes, tasks_of


@dataclass(frozen=True)
class BuildReport:
    """An assignment that was built, or is up to date: tasks, released files, seconds."""

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
            tasks, files, stale = (_check_plain if course.is_plain(name) else _check)(course, name)
        except BuildError as error:
            tasks, files, stale = (), (), [str(error)]
        problems += [f"{name}: {what}" for what in stale]
        if not stale:
            reports.append(BuildReport(name, tasks, files, time.monotonic() - start, True))
    if problems:
        raise BuildError("\n".join(problems))
    return reports


def _check(course: Course, name: str) -> tuple[tuple[Task, ...], tuple[str, ...], list[str]]:
    """Return tasks, files and all that is out of date."""
    master = _master(course, name)
    files = (f"{name}.ipynb", *public_files(course, name))
    return tasks_of(master.notebook), files, list(_out_of_date(course, name, master))


def _check_plain(course: Course, name: str) -> tuple[tuple[Task, ...], tuple[str, ...], list[str]]:
    """Return the same of a plain nbgrader assignment."""
    sources = {each: plain_source(course, name, each) for each in course.notebooks(name)}
    tasks = tuple(task for source in sources.values() for task in tasks_of(source))
    # What nbgrader writes itself takes a kernel; it is left as it is.
    known = {each: source for each, source in sources.items() if not is_generated(source)}
    wanted = _plain_release(course, name, known)
    generated = {f"{each}.ipynb" for each in sources if each not in known}
    folder = course.release_dir(name)
    return tasks, (*wanted, *generated), list(_stale(folder, wanted, generated, name))


def _stale(
    folder: Path, wanted: Mapping[str, bytes], generated: set[str], name: str
) -> Iterator[str]:
    """Yield which files of a plain release are not what nbgrader would write today."""
    again = f"run `autograder build {name}`"
    where = f"{folder.parent.name}/{name}"
    for relative in (*wanted, *sorted(generated)):
        path = folder / relative
        if not path.is_file():
            yield f"{where}/{relative} is missing; {again}"
        elif relative in wanted and not _same_release(path, wanted[relative]):
            yield f"{where}/{relative} is out of date; {again}"


def _same_release(path: Path, wanted: bytes) -> bool:
    """Return whether a released file is as wanted; ids that nbformat draws do not count."""
    content = path.read_bytes()
    if path.suffix != ".ipynb" or content == wanted:
        return content == wanted
    try:
        return _without_ids(content) == _without_ids(wanted)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _without_ids(content: bytes) -> list[dict[str, Any]]:
    cells = json.loads(content)["cells"]
    for cell in cells:
        cell.pop("id", None)
        cell["source"] = "".join(cell["source"])
    return list(cells)


def _plain_release(
    course: Course, name: str, sources: Mapping[str, NotebookNode], *, save: bool = False
) -> dict[str, bytes]:
    """Return every file of a plain release by relative path."""
    released = {
        f"{each}.ipynb": notebook_bytes(
            release_notebook(course, name, source, notebook=each, save=save)
        )
        for each, source in sources.items()
    }
    return released | {key: path.read_bytes() for key, path in public_files(course, name).items()}


def _build_plain(course: Course, name: str, *, gradebook: bool) -> BuildReport:
    """Release notebooks as nbgrader does; nothing is run, and nothing needs checks."""
    start = time.monotonic()
    sources = {each: plain_source(course, name, each) for each in course.notebooks(name)}
    if gradebook:
        save_cells(course, name)
    # Tests that nbgrader generates are new ones: the gradebook has to know them.
    generated = gradebook and any(map(is_generated, sources.values()))
    files = _plain_release(course, name, sources, save=generated)
    write_release(course.release_dir(name), files)
    tasks = tuple(task for source in sources.values() for task in tasks_of(source))
    return BuildReport(name, tasks, tuple(files), time.monotonic() - start, False)


def _build(course: Course, name: str, *, gradebook: bool) -> BuildReport:
    if course.is_plain(name):
        return _build_plain(course, name, gradebook=gradebook)
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
        raise LeakError(described(leaks))
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
