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
from autograder.authoring.leaks import refuse_leaks, scan_files, secrets_of
from autograder.authoring.master import Master, read_master
from autograder.authoring.release import (
    built_from,
    extra_files,
    public_files,
    release_files,
    write_release,
)
from autograder.course import Course, make_secret, read_secret
from autograder.errors import BuildError, CourseError
from autograder.nbgrader.cells import save_cells
from autograder.nbgrader.plain import is_generated, plain_sources
from autograder.nbgrader.release import release_notebook
from autograder.notebook import Task, grade_id_of, load_notebook, notebook_bytes, tasks_of


@dataclass(frozen=True)
class BuildReport:
    """An assignment that was built in so many seconds, or is up to date where they are None."""

    name: str
    tasks: tuple[Task, ...]
    files: tuple[str, ...]
    seconds: float | None = None

    @property
    def points(self) -> float:
        """Points of the whole assignment."""
        return sum(task.points for task in self.tasks)

    def __str__(self) -> str:
        count = f"{len(self.tasks)} task{'s' * (len(self.tasks) != 1)}, {self.points:g} points"
        if self.seconds is None:
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
    that assignment is written then. A course without a secret gets one.
    """
    chosen = list(names or course.names)
    if not check:
        make_secret(course)
        return [_build(course, name, gradebook=gradebook) for name in chosen]
    problems: list[str] = []
    reports = []
    if any((course.solution_dir(name) / "hidden_checks.py").exists() for name in chosen):
        try:
            read_secret(course)
        except CourseError as error:
            problems.append(str(error))
    for name in chosen:
        try:
            report, stale = _check(course, name)
            reports.append(report)
        except BuildError as error:
            stale = [str(error)]
        problems += [f"{name}: {what}" for what in stale]
    if problems:
        raise BuildError("\n".join(problems))
    return reports


def _check(course: Course, name: str) -> tuple[BuildReport, list[str]]:
    """Return the report of an assignment and all that is out of date."""
    if not course.is_plain(name):
        master = _master(course, name)
        files = (f"{name}.ipynb", *public_files(course, name))
        report = BuildReport(name, tasks_of(master.notebook), files)
        return report, list(_out_of_date(course, name, master))
    sources = plain_sources(course, name)
    # What nbgrader writes itself takes a kernel; it is left as it is.
    known = {each: source for each, source in sources.items() if not is_generated(source)}
    wanted = _release(course, name, known)
    generated = sorted(f"{each}.ipynb" for each in sources if each not in known)
    report = BuildReport(name, _tasks(sources), (*wanted, *generated))
    return report, list(_stale(course, name, wanted, generated))


def _stale(
    course: Course, name: str, wanted: Mapping[str, bytes], generated: Sequence[str] = ()
) -> Iterator[str]:
    """Yield which files of a release are not what would be written today."""
    folder = course.release_dir(name)
    plain = course.is_plain(name)
    for relative in (*wanted, *generated):
        path = folder / relative
        if not path.is_file():
            what = "missing"
        elif relative in wanted and not _is_same(path, wanted[relative], any_ids=plain):
            what = "out of date"
        else:
            continue
        where = f"{folder.parent.name}/{name}/{relative}"
        yield f"{where} is {what}; run `autograder build {name}`"


def _is_same(path: Path, wanted: bytes, *, any_ids: bool) -> bool:
    """Return whether a file is as wanted; with `any_ids` whatever ids its cells have."""
    content = path.read_bytes()
    if content == wanted or path.suffix != ".ipynb" or not any_ids:
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


def _tasks(sources: Mapping[str, NotebookNode]) -> tuple[Task, ...]:
    return tuple(task for source in sources.values() for task in tasks_of(source))


def _release(
    course: Course, name: str, sources: Mapping[str, NotebookNode], *, save: bool = False
) -> dict[str, bytes]:
    """Return every file of a release by relative path, made of the instructor's notebooks."""
    released = {
        each: release_notebook(course, name, source, notebook=each, save=save)
        for each, source in sources.items()
    }
    return release_files(course, name, released)


def _build(course: Course, name: str, *, gradebook: bool) -> BuildReport:
    start = time.monotonic()
    if course.is_plain(name):
        # As nbgrader does: nothing is run, and nothing needs checks.
        sources = plain_sources(course, name)
        if gradebook:
            save_cells(course, name)
        # Tests that nbgrader generates are new ones: the gradebook has to know them.
        generated = gradebook and any(map(is_generated, sources.values()))
        files = _release(course, name, sources, save=generated)
    else:
        solution = _run(course, name)
        sources = {name: solution}
        files = _release(course, name, sources)
        refuse_leaks(course, name, files)
        if gradebook:
            save_cells(course, name, solution)
        path = course.solution_dir(name) / f"{name}.ipynb"
        path.write_bytes(notebook_bytes(solution))
    write_release(course.release_dir(name), files)
    return BuildReport(name, _tasks(sources), tuple(files), time.monotonic() - start)


def _run(course: Course, name: str) -> NotebookNode:
    """Return the solution notebook, executed."""
    master = _master(course, name)
    source = built_from(course, name)
    limit = course.limits_for(name).submission_seconds
    solution = execute(master, public_files(course, name), name=name, seconds=limit)
    _expect_full_marks(master, solution)
    solution.metadata.autograder = {"built_from": source}
    return solution


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
    try:
        solution = load_notebook(course.solution_dir(name) / f"{name}.ipynb")
    except Exception:  # nbformat lets many kinds through
        yield f"solutions/{name}/{name}.ipynb is missing or broken; {again}"
        return
    if solution.metadata.get("autograder", {}).get("built_from") != built_from(course, name):
        yield f"the master, checks.py or data/ changed after the last build; {again}"
    elif _skeleton(solution) != _skeleton(master.notebook):
        yield f"solutions/{name}/{name}.ipynb was changed by hand; change {name}.py and {again}"
    folder = course.release_dir(name)
    wanted = _release(course, name, {name: solution})
    yield from _stale(course, name, wanted)
    extra = extra_files(folder, wanted)
    for relative in extra:
        yield f"assignments/{name}/{relative} is not released by the build; remove it or {again}"
    on_disk = {
        relative: (folder / relative).read_bytes()
        for relative in (*wanted, *extra)
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


def _skeleton(notebook: NotebookNode) -> list[tuple[str, str, str, object]]:
    """Return what of a notebook comes from its master, cell by cell."""
    return [
        (cell.id, cell.cell_type, cell.source, cell.metadata.get("nbgrader"))
        for cell in notebook.cells
    ]
