"""One submission in, one report out; a class of them in parallel; gradebook and feedback."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course, load_course
from autograder.grading.report import Report, TaskReport

__all__ = ["Report", "TaskReport", "grade"]


def grade(
    submission: str | Path,
    assignment: str,
    *,
    student: str | None = None,
    course: Course | None = None,
    sandbox: str = "auto",
) -> Report:
    """Mark one notebook file and return its report; nothing is written anywhere.

    Args:
        submission: path of the notebook.
        assignment: name of the assignment in the course.
        student: whose it is; by default the name of the file. Per-student numbers depend on it.
        course: by default the course whose `course.yml` is found from here upwards.
        sandbox: the level of the walls; `"auto"` takes the strongest this machine has.

    Raises:
        SandboxError: this machine has no walls and `sandbox` is not `"none"`.
        CourseError: the course or the assignment is wrong; never for a bad submission.
    """
    from autograder.grading.marker import with_marker

    path = Path(submission)
    return with_marker(
        course or load_course(),
        assignment,
        lambda marker: marker.mark_file(path, student or path.stem).report,
        sandbox=sandbox,
    )
