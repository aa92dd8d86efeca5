"""From the solution notebook to what students get, through nbgrader's own preprocessors."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterable, Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_solution
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from autograder.authoring.leaks import described, scan_files, secrets_of
from autograder.authoring.master import NOTEBOOK_METADATA
from autograder.authoring.plain import plain_config, plain_files, plain_steps, says_nbgrader
from autograder.authoring.regions import MARK_SCHEME, regions
from autograder.course import Course, load_course, nbgrader_settings
from autograder.course.nbgrader import RELEASE_STEPS
from autograder.errors import BuildError, LeakError
from autograder.notebook import node, notebook_bytes

_SAVE_CELLS = "SaveCells"
_CACHES = ("__pycache__", ".ipynb_checkpoints")
_CELL_METADATA = ("nbgrader", "tags", "jupyter", "slideshow", "deletable", "editable")


class ClearRubrics(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes the mark schemes out of answer cells.

    nbgrader knows them in its task cells only, and clears those after the checksums are
    made: an untouched answer would not be recognised as one.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Drop the mark schemes of `cell` where it holds an answer."""
        if is_solution(cell):
            lines = cell.source.split("\n")
            for region in reversed(regions(cell.source, MARK_SCHEME)):
                del lines[region.begin : region.end + 1]
            cell.source = "\n".join(lines)
        return cell, resources


class FinishRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Leaves only the metadata that a student's notebook needs."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Drop all other metadata of the notebook and its cells."""
        nb.metadata = node(NOTEBOOK_METADATA)
        for cell in nb.cells:
            cell.metadata = node(
                {key: value for key, value in cell.metadata.items() if key in _CELL_METADATA}
            )
        return nb, resources


class GuardRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Stops `nbgrader generate_assignment` where it would hand out what is ours.

    nbgrader copies the files beside a notebook before it converts it, and removes the whole
    release again when a preprocessor fails.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Raise BuildError for a file that is not on the allow-list, LeakError for a secret."""
        course = load_course()  # nbgrader works in the course's folder
        name = resources["nbgrader"]["assignment"]
        if course.is_plain(name):
            return nb, resources
        allowed = release_files(course, name, nb)
        extra = extra_files(course.release_dir(name), allowed)
        if extra:
            raise BuildError(f"not to be released from solutions/{name}: {', '.join(extra)}")
        leaks = scan_files(secrets_of(course, name), allowed, f"assignments/{name}")
        if leaks:
            raise LeakError(described(leaks))
        return nb, resources


def release_notebook(
    course: Course,
    name: str,
    solution: NotebookNode,
    *,
    notebook: str | None = None,
    save: bool = False,
) -> NotebookNode:
    """Return the student's version of a solution notebook.

    `notebook` is its name where that is not the assignment's. With `save`, nbgrader's
    SaveCells writes the cells into the gradebook on the way, at the point of the pipeline
    where it has to be.
    """
    return _through_steps(course, name, notebook or name, solution, save=save)


def notebook_to_save(
    course: Course, name: str, solution: NotebookNode, notebook: str
) -> NotebookNode:
    """Return a solution notebook as it is when SaveCells writes it into the gradebook."""
    return _through_steps(course, name, notebook, solution, until=_SAVE_CELLS)


def _through_steps(
    course: Course,
    name: str,
    notebook: str,
    solution: NotebookNode,
    *,
    save: bool = False,
    until: str | None = None,
) -> NotebookNode:
    plain = course.is_plain(name)
    config = plain_config(course) if plain else Config(nbgrader_settings(course))
    resources = {
        "metadata": {"path": str(course.solution_dir(name))},
        "nbgrader": {
            "assignment": name,
            "notebook": notebook,
            "student": ".",
            "db_url": course.gradebook_url,
        },
    }
    result = copy.deepcopy(solution)
    with chdir(course.root):  # nbgrader's settings name files relative to it
        for step in plain_steps(config) if plain else RELEASE_STEPS:
            preprocessor = import_item(step) if isinstance(step, str) else step
            if preprocessor.__name__ == until:
                break
            if not save and preprocessor.__name__ == _SAVE_CELLS:
                continue
            try:
                result, resources = preprocessor(config=config)(result, resources)
            except Exception as error:
                if plain and not isinstance(error, SQLAlchemyError):
                    raise says_nbgrader(name, notebook, error) from error
                raise
    return result


def public_files(course: Course, name: str) -> dict[str, Path]:
    """Return what is released beside the notebook: checks.py and all of data/.

    Of a plain nbgrader assignment it is what nbgrader releases: all that it does not ignore.
    """
    if course.is_plain(name):
        return plain_files(course, name)
    folder = course.solution_dir(name)
    paths = [folder / "checks.py", *sorted((folder / "data").rglob("*"))]
    return {
        path.relative_to(folder).as_posix(): path
        for path in paths
        if path.is_file() and not _is_cache(path.relative_to(folder))
    }


def release_files(course: Course, name: str, released: NotebookNode) -> dict[str, bytes]:
    """Return the allow-list: every file of the release by relative path, with its content."""
    files = {f"{name}.ipynb": notebook_bytes(released)}
    return files | {key: path.read_bytes() for key, path in public_files(course, name).items()}


def extra_files(folder: Path, allowed: Iterable[str]) -> list[str]:
    """Return the files in a release folder that are not `allowed`; caches do not count."""
    names = set(allowed)
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if not path.is_dir())
    return [
        path.as_posix() for path in found if path.as_posix() not in names and not _is_cache(path)
    ]


def write_release(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold `files` and nothing else, leaving files that are right untouched."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for relative, content in files.items():
        path = folder / relative
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def built_from(course: Course, name: str) -> str:
    """Return the SHA-256 of all that a solution notebook's outputs depend on."""
    digest = hashlib.sha256()
    folder = course.solution_dir(name)
    for key, path in {f"{name}.py": folder / f"{name}.py", **public_files(course, name)}.items():
        content = path.read_bytes()
        digest.update(f"{key}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _is_cache(path: Path) -> bool:
    return any(part in _CACHES for part in path.parts)
