"""The course: `course.yml` as models, where everything lies, and errors with line numbers."""

from autograder.course.load import load_course, schema
from autograder.course.models import Assignment, Course, LatePolicy, Limits, Stderr
from autograder.course.secret import make_secret, read_secret

__all__ = [
    "Assignment",
    "Course",
    "LatePolicy",
    "Limits",
    "Stderr",
    "load_course",
    "make_secret",
    "read_secret",
    "schema",
]
