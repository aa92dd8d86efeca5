"""The reference solution, alive in the grader's own process.

It is the instructor's code, so it needs no walls; it must never run where students' does.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from autograder.errors import CourseError
from autograder.notebook import grade_id_of, is_demo, tasks_of
from autograder.sandbox import LocalSession
from autograder.sandbox.inert import installed


def reference_session(
    notebook: NotebookNode, folder: Path, variants: dict[str, dict[str, Any]]
) -> LocalSession:
    """The namespace that a solution notebook's locked and solution cells define.

    Test cells, demonstrations and free cells are left out: no check may need them.

    Args:
        notebook: the executed solution notebook.
        folder: where it lies; the cells run with it as their working directory.
        variants: what `variant(task)` answers in these cells, by task.

    Raises:
        CourseError: a cell of the solution raised.
    """
    tests = {task.test_cell for task in tasks_of(notebook)}
    module = ModuleType("reference_solution")
    namespace = vars(module)
    transform = TransformerManager().transform_cell
    os.environ.setdefault("MPLBACKEND", "agg")
    sys.modules[module.__name__] = module  # dataclasses and pickling look their module up
    silent = contextlib.redirect_stdout(io.StringIO())
    with contextlib.chdir(folder), silent, installed(variants):
        for cell in notebook.cells:
            grade_id = grade_id_of(cell)
            if cell.cell_type != "code" or grade_id is None or grade_id in tests or is_demo(cell):
                continue
            try:
                exec(compile(transform(cell.source), f"<{grade_id}>", "exec"), namespace)
            except Exception as error:
                raise CourseError(
                    f"the reference solution's cell {grade_id} raised "
                    f"{type(error).__name__}: {error}"
                ) from error
    return LocalSession(namespace)
