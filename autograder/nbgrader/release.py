"""From the solution notebook to what students get, through nbgrader's own preprocessors."""

from __future__ import annotations

import copy
from contextlib import chdir
from typing import Any

from nbformat import NotebookNode
from nbgrader.nbgraderformat import SchemaTooOldError
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_solution
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from autograder.course import Course
from autograder.errors import BuildError
from autograder.nbgrader.plain import plain_config, plain_steps
from autograder.nbgrader.settings import RELEASE_STEPS, release_settings
from autograder.notebook import NOTEBOOK_METADATA, node
from autograder.notebook.answers import MARK_SCHEME, regions

SAVE_CELLS = "SaveCells"
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


def release_notebook(
    course: Course,
    name: str,
    solution: NotebookNode,
    *,
    notebook: str | None = None,
    save: bool = False,
    until: str | None = None,
) -> NotebookNode:
    """Return the student's version of a solution notebook.

    `notebook` is its name where that is not the assignment's. With `save`, nbgrader's
    SaveCells writes the cells into the gradebook on the way, at the point of the pipeline
    where it has to be. With `until`, the notebook is returned as it is before that step.
    """
    notebook = notebook or name
    plain = course.is_plain(name)
    config = plain_config(course) if plain else Config(release_settings(course))
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
            if getattr(preprocessor, "only_for_nbgrader", False) or (
                not save and preprocessor.__name__ == SAVE_CELLS
            ):
                continue
            try:
                result, resources = preprocessor(config=config)(result, resources)
            except Exception as error:
                if not plain or isinstance(error, SQLAlchemyError):
                    raise
                told = f"{name}, {notebook}.ipynb: nbgrader says: {error}"
                if isinstance(error, SchemaTooOldError):
                    told += ". Run `nbgrader update` on the course"
                raise BuildError(told) from error
    return result
