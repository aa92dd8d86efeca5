"""The secret of a course: made by the build, asked for by marking, released never."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commands import run
from submissions import RIGHT, answered, hand_in
from tiny import REPOSITORY

from autograder.authoring import build
from autograder.course import Course, load_course, make_secret, read_secret
from autograder.course.secret import secret_file
from autograder.errors import BuildError, CourseError
from autograder.grading.classroom import find_submissions, grade_class


def test_the_build_makes_one_and_leaves_it_as_it_is(tiny_source: Course) -> None:
    path = secret_file(tiny_source)
    path.unlink()
    build(tiny_source, gradebook=False)
    made = read_secret(tiny_source)
    assert len(made) == 32
    build(tiny_source, gradebook=False)
    assert read_secret(tiny_source) == made
    path.unlink()
    assert make_secret(tiny_source) == path
    assert read_secret(tiny_source) != made


def test_the_command_says_that_it_made_one(tiny_course: Course) -> None:
    secret_file(tiny_course).unlink()
    first, second = (run(tiny_course.root, "autograder", "build", "tiny") for _ in range(2))
    assert "solutions/secret.txt: new; keep it with the solutions" in first.stdout
    assert "secret" not in second.stdout


def test_without_one_nothing_is_marked_and_the_check_says_so(tiny_course: Course) -> None:
    hand_in(tiny_course, "ada", answered(tiny_course, **RIGHT))
    secret_file(tiny_course).unlink()
    with pytest.raises(CourseError, match=r"secret.txt is missing: .*`autograder build` writes"):
        list(grade_class(tiny_course, find_submissions(tiny_course), processes=1))
    with pytest.raises(BuildError, match=r"secret.txt is missing"):
        build(tiny_course, check=True)


@pytest.mark.parametrize("text", ["", "hunter2", "é" * 40])
def test_what_is_no_secret_is_refused(text: str, tiny_course: Course) -> None:
    secret_file(tiny_course).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=r"secret\.txt"):
        read_secret(tiny_course)


def test_a_course_without_its_solutions_has_none_to_make(
    tiny_course: Course, tmp_path: Path
) -> None:
    shutil.copy(tiny_course.root / "course.yml", tmp_path)
    assert make_secret(load_course(tmp_path)) is None


def test_nothing_that_is_released_holds_ours() -> None:
    course = load_course(REPOSITORY)
    secret = read_secret(course).encode()
    files = [path for path in (REPOSITORY / course.folders.release).rglob("*") if path.is_file()]
    assert len(files) > 20
    assert [path for path in files if secret in path.read_bytes()] == []
