"""The course: `course.yml` as models, where everything lies, and errors with line numbers."""

from autograder.course.load import load_course, schema
from autograder.course.models import Assignment, Course, LatePolicy, Limits, Stderr
from autograder.course.nbgrader import nbgrader_settings

__all__ = [
    "Assignment",
    "Course",
    "LatePolicy",
    "Limits",
    "Stderr",
    "load_course",
    "nbgrader_settings",
    "schema",
]
