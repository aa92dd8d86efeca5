"""The reference solution, alive in the grader's own process.

It is the instructor's code, so it needs no walls; it must never run where students' does.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from functools import lru_cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from autograder.errors import CourseError
from autograder.notebook import grade_id_of, is_demo, tasks_of
from autograder.sandbox.session import installed


def solution_namespace(
    notebook: NotebookNode,
    folder: Path,
    variants: dict[str, dict[str, Any]],
    *,
    module_name: str = "reference_solution",
) -> dict[str, Any]:
    """Return the namespace that a solution notebook's locked and solution cells define.

    Test cells, demonstrations and free cells are left out: no check may need them. The others
    run in `folder`, where `variant(task)` answers from `variants`, as a module that stays
    registered as `module_name`. Raises CourseError where one of them raises.
    """
    tests = {task.test_cell for task in tasks_of(notebook)}
    module = ModuleType(module_name)
    namespace = vars(module)
    os.environ.setdefault("MPLBACKEND", "agg")
    sys.modules[module.__name__] = module  # dataclasses and pickling look their module up
    silent = contextlib.redirect_stdout(io.StringIO())
    with contextlib.chdir(folder), silent, installed(variants):
        for cell in notebook.cells:
            grade_id = grade_id_of(cell)
            if cell.cell_type != "code" or grade_id is None or grade_id in tests or is_demo(cell):
                continue
            try:
                exec(_compiled(cell.source, grade_id), namespace)
            except Exception as error:
                raise CourseError(
                    f"the reference solution's cell {grade_id} raised "
                    f"{type(error).__name__}: {error}"
                ) from error
    return namespace


@lru_cache(maxsize=256)
def _compiled(source: str, grade_id: str) -> CodeType:
    """Return a cell as Python, kept: known mistakes have most of their cells in common."""
    return compile(TransformerManager().transform_cell(source), f"<{grade_id}>", "exec")
