"""What nbgrader has to know about the course: `nbgrader_config.py` hands this over."""

from __future__ import annotations

from glob import escape
from typing import Any

from autograder.course.models import Course

# The release pipeline, in order. The first checksums are those of the answers as released,
# which the gradebook keeps; clearing the hidden tests changes cells, so they come again.
RELEASE_STEPS = (
    "autograder.authoring.release.ClearRubrics",
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
    "autograder.authoring.release.FinishRelease",
)

# Only nbgrader's own command needs it: our build looks before it writes.
_GUARD = "autograder.authoring.release.GuardRelease"

# nbgrader's own mending of submissions is left out, because it differs from ours: of a copied
# cell it takes the last copy even where that is the empty one. ExecuteSealed splices instead.
SANITIZE_STEPS = ("nbgrader.preprocessors.ClearOutput",)

AUTOGRADE_STEPS = (
    "autograder.grading.nbgrader_plugin.ExecuteSealed",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
)

CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"

RELEASED = ("checks.py", "data")
_SECRET = ("hidden_checks.py", "reference_run.py", "accept", "reject", "reference")
_NEVER_COPIED = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")


def nbgrader_settings(course: Course) -> dict[str, dict[str, Any]]:
    """Return nbgrader's configuration for `course`, as a mapping of class to its traits."""
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
        "GenerateAssignment": {"preprocessors": [*RELEASE_STEPS, _GUARD]},
        "Autograde": {
            "sanitize_preprocessors": list(SANITIZE_STEPS),
            "autograde_preprocessors": list(AUTOGRADE_STEPS),
        },
        "AssignLatePenalties": {"plugin_class": "autograder.grading.late.CourseLatePenalty"},
        "HTMLExporter": {"sanitize_html": True},
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
    return [*_NEVER_COPIED, *sorted(names - set(RELEASED))]
