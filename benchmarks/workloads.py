"""The workloads: a prepared course for each grader, and the notebooks of a class."""

from __future__ import annotations

import shutil
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import yaml

from autograder.authoring.demo import HANGS, make_demo
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.nbgrader.release import ClearRubrics
from autograder.notebook import load_notebook, notebook_bytes, tasks_of, with_sources
from benchmarks import torch21
from benchmarks.usage import measure, said

BACKPROP = "backprop"
# As nbgrader's own quickstart writes it: nothing but a name, so that all is as it is delivered.
_STOCK_CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "bench"\n'


@dataclass(frozen=True)
class Workload:
    """An assignment and the notebooks that students handed in.

    `ours` and `stock` are course folders without submissions, one for us and one for nbgrader
    as it is delivered. `kinds` are the different notebooks: a class repeats them.
    """

    name: str
    description: str
    ours: Path
    stock: Path
    kinds: tuple[bytes, ...]
    notes: tuple[str, ...] = ()

    def students(self, count: int) -> dict[str, bytes]:
        """Return a class of `count` students: what each handed in, by name."""
        return {
            f"student-{number:04}": notebook
            for number, notebook in enumerate(islice(cycle(self.kinds), count), start=1)
        }


def torch_21(folder: Path, kinds: int) -> Workload:
    """Make the plain nbgrader course of `torch21`, released by nbgrader itself."""
    name = torch21.NAME
    solution = torch21.source_notebook()
    stock = _stock_course(folder, name, {f"{name}.ipynb": notebook_bytes(solution)})
    ours = folder / "ours"
    shutil.copytree(stock, ours)
    settings = {
        "id": "bench",
        "title": "Benchmark",
        "assignments": [{"name": name, "title": "21 cells"}],
        "folders": {"source": "source", "release": "release"},
    }
    (ours / "course.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    released = load_notebook(stock / "release" / name / f"{name}.ipynb")
    answers = islice(cycle(torch21.CLASS), kinds)
    return Workload(
        name=name,
        description=f"{len(solution.cells)} cells, import torch, trivial work, plain asserts",
        ours=ours,
        stock=stock,
        kinds=tuple(notebook_bytes(with_sources(released, cells)) for cells in answers),
    )


def backprop(course: Course, folder: Path, kinds: int) -> Workload:
    """Make the demo's class of `backprop` out of `course`, without the student who never ends."""
    name = BACKPROP
    ours, stories = make_demo(course, folder / "ours", kinds + 1, name)
    told = [student for student, story in stories.items() if story != HANGS][:kinds]
    notebooks = tuple(
        (ours.submitted_dir / student / name / f"{name}.ipynb").read_bytes() for student in told
    )
    shutil.rmtree(ours.submitted_dir)
    solution = load_notebook(ours.solution_dir(name) / f"{name}.ipynb")
    # nbgrader refuses mark schemes anywhere but in its task cells.
    solution, _ = ClearRubrics().preprocess(solution, {})
    released = ours.release_dir(name)
    files = {
        path.relative_to(released).as_posix(): path.read_bytes()
        for path in sorted(released.rglob("*"))
        if path.is_file()
    }
    files[f"{name}.ipynb"] = notebook_bytes(solution)
    checked = sum(task.kind == "checks" for task in tasks_of(solution))
    return Workload(
        name=name,
        description=f"the demo's class: {len(solution.cells)} cells, {checked} checked tasks",
        ours=ours.root,
        stock=_stock_course(folder, name, files),
        kinds=notebooks,
        notes=(
            "The demo's notebook that never ends is left out: it measures how long each grader "
            "waits, and nothing else.",
            "nbgrader runs the public checks only, in the student's own kernel; we run the "
            "hidden ones as well, against a second run of the notebook.",
        ),
    )


def _stock_course(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Return a course of nbgrader as it is delivered, with the assignment of `files` released."""
    course = folder / "nbgrader"
    for relative, content in files.items():
        path = course / "source" / name / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (course / "nbgrader_config.py").write_text(_STOCK_CONFIG, encoding="utf-8")
    command = [script("nbgrader"), "generate_assignment", name]
    prepare(command, course, folder, f"nbgrader cannot release {name}")
    return course


def prepare(command: list[str], place: Path, folder: Path, failure: str) -> None:
    """Run a command in `place` for its files; AutograderError with its last words if it fails."""
    if measure(command, place, folder).status != 0:
        raise AutograderError(f"{failure}:\n{said(folder)}")


def script(name: str) -> str:
    """Return the command `name` of this Python's own environment."""
    return str(Path(sysconfig.get_path("scripts"), name))
