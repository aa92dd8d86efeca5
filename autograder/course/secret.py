"""The secret of a course, from which the inputs of hidden checks are drawn.

It lies with the solutions. Without it the inputs would follow from public names alone: whoever
learns them once could write answers to them for every class that ever meets the assignment.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from autograder.course.models import Course
from autograder.errors import CourseError

FILE = "secret.txt"
_FORM = re.compile(r"[0-9a-f]{32,}")


def secret_file(course: Course) -> Path:
    """Return where the course keeps its secret."""
    return course.root / course.folders.source / FILE


def read_secret(course: Course) -> str:
    """Return the secret; CourseError where there is none, or what is there is no secret."""
    path = secret_file(course)
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise CourseError(
            f"{path} is missing: hidden checks draw their inputs from it. Copy it from where the "
            "course was marked before; `autograder build` writes a new one"
        ) from None
    except (OSError, ValueError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from error
    if not _FORM.fullmatch(text):
        raise CourseError(
            f"{path}: expected 32 hexadecimal digits or more; remove the file, and "
            "`autograder build` writes a new one"
        )
    return text


def make_secret(course: Course) -> Path | None:
    """Write a secret where there is none, and return its path; None where there is one."""
    path = secret_file(course)
    if not path.parent.is_dir():
        return None  # no solution can be built, and that is said
    try:
        with path.open("x", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(16)}\n")
    except FileExistsError:
        return None
    return path
