"""Our marking inside `nbgrader autograde`: one preprocessor in place of nbgrader's Execute."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from autograder.course import load_course
from autograder.grading.marker import open_zygote, with_marker
from autograder.grading.outputs import harmless_markdown
from autograder.sandbox import Zygote


class ExecuteSealed(NbGraderPreprocessor):  # type: ignore[misc]
    """Marks a notebook behind the walls and leaves the scores where nbgrader reads them.

    The test cells of the notebook it returns hold their score as the cell's result, so
    that SaveAutoGrades, the formgrader and the feedback show what `autograder grade` does.
    """

    sandbox = Unicode("auto", help="The rung of the walls to mark behind.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Mark `nb` as a submission of the assignment and student that `resources` names."""
        names = resources["nbgrader"]
        name = names["assignment"]
        folder = Path(resources["metadata"]["path"])  # with what else was handed in
        marked = with_marker(
            load_course(),
            name,
            lambda marker: marker.mark(nb, names["student"], name=names["notebook"], folder=folder),
            zygote=_zygote_for(name, self.sandbox),
        )
        for problem in marked.report.problems:
            self.log.warning("%s: %s", names["student"], problem.message)
        if marked.notebook is not None:
            return marked.notebook, resources
        # What was not marked was not cleaned either: it would run in the formgrader's pages.
        said = "\n\n".join(problem.message for problem in marked.report.problems)
        return new_notebook(cells=[new_markdown_cell(harmless_markdown(said))]), resources


@cache
def _zygote_for(name: str, sandbox: str) -> Zygote:
    """One zygote for all submissions of an nbgrader run: it makes a new preprocessor for each."""
    zygote = open_zygote(load_course(), name, sandbox)
    atexit.register(zygote.close)
    return zygote
