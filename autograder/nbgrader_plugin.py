"""The plugin for nbgrader's own commands: configuration, release guard and marking.

`nbgrader_config.py` hands `nbgrader_settings` over. Nothing in the package imports this module,
and every nbgrader command does: it imports the other rooms only where it needs them.
"""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from autograder.course import Course, load_course
from autograder.errors import BuildError, SubmissionError
from autograder.nbgrader.settings import RELEASE_STEPS, release_settings

if TYPE_CHECKING:
    from autograder.sandbox import Zygote


def nbgrader_settings(course: Course) -> dict[str, dict[str, Any]]:
    """Return nbgrader's configuration for `course`, as a mapping of class to its traits."""
    return {
        **release_settings(course),
        "GenerateAssignment": {
            "preprocessors": [*RELEASE_STEPS, "autograder.nbgrader_plugin.GuardRelease"]
        },
        "Autograde": {
            # nbgrader's own mending of submissions is left out, because it differs from ours: of a
            # copied cell it takes the last copy even where that is the empty one. ExecuteSealed
            # splices instead.
            "sanitize_preprocessors": ["nbgrader.preprocessors.ClearOutput"],
            "autograde_preprocessors": [
                "autograder.nbgrader_plugin.ExecuteSealed",
                "nbgrader.preprocessors.LimitOutput",
                "nbgrader.preprocessors.SaveAutoGrades",
                "nbgrader.preprocessors.AssignLatePenalties",
                "nbgrader.preprocessors.CheckCellMetadata",
            ],
        },
        "AssignLatePenalties": {"plugin_class": "autograder.nbgrader.late.CourseLatePenalty"},
        "HTMLExporter": {"sanitize_html": True},
    }


class GuardRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Stops `nbgrader generate_assignment` where it would hand out what is ours.

    nbgrader copies the files beside a notebook before it converts it, and removes the whole
    release again when a preprocessor fails. Our build looks before it writes and needs none.
    """

    only_for_nbgrader = True

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Raise BuildError for a file that is not on the allow-list, LeakError for a secret."""
        from autograder.authoring.leaks import refuse_leaks
        from autograder.authoring.release import extra_files, release_files

        course = load_course()  # nbgrader works in the course's folder
        name = resources["nbgrader"]["assignment"]
        if course.is_plain(name):
            return nb, resources
        allowed = release_files(course, name, {name: nb})
        extra = extra_files(course.release_dir(name), allowed)
        if extra:
            raise BuildError(f"not to be released from solutions/{name}: {', '.join(extra)}")
        refuse_leaks(course, name, allowed)
        return nb, resources


class ExecuteSealed(NbGraderPreprocessor):  # type: ignore[misc]
    """Marks a notebook behind the walls and leaves the scores where nbgrader reads them.

    The test cells of the notebook it returns hold their score as the cell's result, so
    that SaveAutoGrades, the formgrader and the feedback show what `autograder grade` does.
    """

    sandbox = Unicode("auto", help="The level of the walls to mark behind.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Mark `nb` as a submission of the assignment and student that `resources` names."""
        from autograder.grading.marker import with_marker
        from autograder.grading.outputs import harmless_markdown

        names = resources["nbgrader"]
        name = names["assignment"]
        course = load_course()
        folder = Path(resources["metadata"]["path"])  # with what else was handed in
        others = _names_shown(course, names)
        marked = with_marker(
            course,
            name,
            lambda marker: marker.mark(
                nb, names["student"], name=names["notebook"], folder=folder, names=others
            ),
            zygote=_zygote_for(name, self.sandbox),
        )
        for problem in marked.report.problems:
            self.log.warning("%s: %s", names["student"], problem.message)
        if marked.notebook is not None:
            return marked.notebook, resources
        # What was not marked was not cleaned either: it would run in the formgrader's pages.
        said = "\n\n".join(problem.message for problem in marked.report.problems)
        return new_notebook(cells=[new_markdown_cell(harmless_markdown(said))]), resources


def _names_shown(course: Course, names: dict[str, str]) -> list[str]:
    """Return whose numbers a notebook shows as handed in: nbgrader has removed its outputs."""
    from autograder.notebook import names_shown, read_notebook

    folder = course.submitted_dir / names["student"] / names["assignment"]
    try:
        return names_shown(read_notebook(folder / f"{names['notebook']}.ipynb")[0])
    except (OSError, SubmissionError):
        return []


@cache
def _zygote_for(name: str, sandbox: str) -> Zygote:
    """Return one zygote for a whole nbgrader run, which makes a preprocessor a submission."""
    from autograder.grading.marker import open_zygote

    zygote = open_zygote(load_course(), name, sandbox)
    atexit.register(zygote.close)
    return zygote
