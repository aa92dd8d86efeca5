"""nbgrader's configuration for releasing what a course builds."""

from __future__ import annotations

from glob import escape
from typing import Any

from autograder.course import Course

# The release pipeline, in order. The first checksums are those of the answers as released,
# which the gradebook keeps; clearing the hidden tests changes cells, so they come again.
RELEASE_STEPS = (
    "autograder.nbgrader.release.ClearRubrics",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
    "autograder.nbgrader.release.FinishRelease",
)

CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"

RELEASED = ("checks.py", "data")
_SECRET = ("hidden_checks.py", "reference_run.py", "accept", "mistakes.toml", "reference")
NEVER_COPIED = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")


def release_settings(course: Course) -> dict[str, dict[str, Any]]:
    """Return nbgrader's folders and stubs for `course`, as a mapping of class to its traits."""
    return {
        "CourseDirectory": {
            "course_id": course.id,
            "root": str(course.root),
            "db_url": course.gradebook_url,
            "source_directory": course.folders.source,
            "release_directory": course.folders.release,
            "submitted_directory": course.folders.submitted,
            "autograded_directory": course.folders.autograded,
            "feedback_directory": course.folders.feedback,
            "ignore": ignored_names(course),
        },
        "ClearSolutions": {"code_stub": {"python": CODE_STUB}, "text_stub": TEXT_STUB},
    }


def ignored_names(course: Course) -> list[str]:
    """Return the file names that nbgrader must never copy out of `solutions/`.

    nbgrader copies whatever is not on this list, so it names all that lies beside a master
    today as well as what our layout keeps secret. `GuardRelease` is the second wall.
    """
    ours = [name for name in course.names if not course.is_plain(name)]
    names = {*_SECRET, *(f"{name}.py" for name in ours)} if ours else set()
    for name in ours:
        folder = course.solution_dir(name)
        if folder.is_dir():
            names |= {escape(entry.name) for entry in folder.iterdir() if entry.suffix != ".ipynb"}
    return [*NEVER_COPIED, *sorted(names - set(RELEASED))]
