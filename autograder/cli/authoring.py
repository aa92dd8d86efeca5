"""`new`: makes an assignment and says what lies where and what to do next."""

from __future__ import annotations

import shlex
from pathlib import Path

from autograder.authoring.scaffold import new_assignment, start_course
from autograder.cli.frame import console
from autograder.course import load_course
from autograder.course.load import FILE_NAME


def make_and_show(name: str, title: str | None, *, begin_course: bool) -> None:
    """Make the assignment `name`, with `begin_course` a course around it in this folder."""
    if begin_course:
        made, root = start_course(Path.cwd(), name, title), Path.cwd()
    else:
        root = load_course().root
        made = new_assignment(root / FILE_NAME, name, title)
    for file in made.files:
        console.print(str(file.relative_to(root)), markup=False)
    if made.entered:
        console.print(f"\nentered in {FILE_NAME}; add when it is due")
    else:
        console.print(
            f"\n{FILE_NAME} is not in the usual form and was not changed. Add this "
            f"under assignments:\n{made.lines}",
            markup=False,
        )
    word = shlex.quote(name)
    console.print(
        f"next: autograder build {word}, autograder validate {word}, then put your own task in "
        "the example's place",
        markup=False,
    )
