"""Plain nbgrader assignments: notebooks without a master, released by nbgrader's own steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_config_path
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.course import Course
from autograder.errors import BuildError
from autograder.nbgrader.settings import release_settings
from autograder.notebook import foreign_kernel, load_notebook

_CONFIG = "nbgrader_config.py"
_AUTOTEST = "AUTOTEST"
_SECRET = ("hidden_checks.py",)  # a plain assignment may have some on top of its tests


def plain_config(course: Course) -> Config:
    """Return what nbgrader itself would be configured with in this course.

    The course's own `nbgrader_config.py` comes after those of the user and the machine;
    where there is none, only the folders are ours.
    """
    config = Config({"CourseDirectory": release_settings(course)["CourseDirectory"]})
    for folder in (*reversed(jupyter_config_path()), str(course.root)):
        if (Path(folder) / _CONFIG).is_file():
            try:
                config.merge(PyFileConfigLoader(_CONFIG, path=folder).load_config())
            except Exception as error:  # it is a program and may raise anything
                raise BuildError(f"{Path(folder) / _CONFIG} does not run: {error!r}") from error
    return config


def plain_steps(config: Config) -> list[Any]:
    """Return the release pipeline, as classes or their names."""
    from nbgrader.converters import GenerateAssignment

    name = "GenerateAssignment"
    chosen = config[name].get("preprocessors") if name in config else None
    return list(GenerateAssignment.preprocessors.default() if chosen is None else chosen)


def plain_source(course: Course, name: str, notebook: str) -> NotebookNode:
    """Return the instructor's version of a notebook; BuildError where it cannot be read."""
    path = course.solution_dir(name) / f"{notebook}.ipynb"
    try:
        source = load_notebook(path)
    except FileNotFoundError:
        raise BuildError(f"there is no {path}") from None
    except Exception as error:  # nbformat lets many kinds through
        raise BuildError(f"{path} is not a notebook: {error}") from error
    if "autograder" in source.metadata:
        raise BuildError(f"{path} was built from a master, {name}.py, which is not there any more")
    kernel = foreign_kernel(source)
    if kernel is not None:
        raise BuildError(f"{path} is not in Python ({kernel}): only Python notebooks are marked")
    return source


def plain_sources(course: Course, name: str) -> dict[str, NotebookNode]:
    """Return the instructor's version of every notebook of a plain assignment, by name."""
    return {each: plain_source(course, name, each) for each in course.notebooks(name)}


def is_generated(source: NotebookNode) -> bool:
    """Return whether nbgrader writes tests of this notebook itself, by running it."""
    return any(cell.cell_type == "code" and _AUTOTEST in cell.source for cell in source.cells)


def plain_files(course: Course, name: str) -> dict[str, Path]:
    """Return what nbgrader copies beside the notebooks, and into every submission it marks."""
    folder = course.solution_dir(name)
    ignored = CourseDirectory(config=plain_config(course)).ignore
    found = map(Path, find_all_files(str(folder), [*ignored, *_SECRET, "*.ipynb"]))
    return {path.relative_to(folder).as_posix(): path for path in sorted(found)}
