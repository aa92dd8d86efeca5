from __future__ import annotations

from pathlib import Path

import pytest
from folders import Folder, session_of

from autograder.checks import run_suite, student_name
from autograder.checks.runner.loading import loaded
from autograder.checks.runner.variants import Draws
from autograder.errors import CourseError

DRAWS = """
    SALT = "tiny-2026"

    @draw("a")
    def numbers(rng):
        return {"x": float(rng.normal()), "n": int(rng.integers(1000))}

    @draw("b")
    def others(rng):
        return {"x": float(rng.normal())}

    @task("a")
    def test_own_number(student, variant):
        close(student.get("answer"), variant["x"])
"""


def draws(path: Path | None) -> Draws:
    assert path is not None
    with loaded(path) as module:
        return Draws.of(module)


def test_a_student_always_gets_the_same_numbers_and_others_get_others(folder: Folder) -> None:
    folder.write(DRAWS)
    first, again = draws(folder.public).all_for("ada"), draws(folder.public).all_for("ada")
    assert first == again
    assert first["a"]["x"] != first["b"]["x"]
    assert first["a"] != draws(folder.public).numbers("a", "bob")


def test_the_numbers_are_those_of_salt_student_and_task_for_ever(folder: Folder) -> None:
    folder.write(DRAWS)
    assert draws(folder.public).numbers("a", "ada") == {"x": -0.7098191533457997, "n": 680}
    other = folder.write(DRAWS.replace("tiny-2026", "tiny-2027"))
    assert draws(other.public).numbers("a", "ada")["n"] != 680


def test_a_check_sees_the_numbers_of_the_student_it_judges(folder: Folder) -> None:
    folder.write(DRAWS)

    def body(suite: object) -> list[str]:
        numbers = suite.variants("ada")["a"]["x"]  # type: ignore[attr-defined]
        session = session_of(f"answer = {numbers!r}")
        return [
            suite.run("a", session, student=name)[0].status  # type: ignore[attr-defined]
            for name in ("ada", "bob")
        ]

    assert run_suite(folder.public, None, body, assignment="tiny") == ["passed", "failed"]


def test_a_draw_without_salt_is_refused(folder: Folder) -> None:
    folder.write('@draw("a")\ndef numbers(rng): return {}')
    with pytest.raises(CourseError, match="@draw needs a line such as SALT ="):
        draws(folder.public)


def test_two_draws_of_one_task_are_refused(folder: Folder) -> None:
    folder.write('SALT = "s"\n@draw("a")\ndef f(rng): ...\n@draw("a")\ndef g(rng): ...')
    with pytest.raises(CourseError, match="two functions are marked"):
        draws(folder.public)


def test_a_draw_that_is_no_dictionary_is_refused(folder: Folder) -> None:
    folder.write('SALT = "s"\n@draw("a")\ndef f(rng): return [1]')
    with pytest.raises(CourseError, match="must return a dict"):
        draws(folder.public).numbers("a", "ada")


def test_a_task_without_draw_names_those_that_have_one(folder: Folder) -> None:
    folder.write(DRAWS)
    with pytest.raises(CourseError, match=r'no @draw\("c"\) in checks.py \(there are .*: a, b\)'):
        draws(folder.public).numbers("c", "ada")


def test_who_sits_here_is_told_by_the_grader_the_hub_or_the_login(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "hub")
    monkeypatch.setenv("AUTOGRADER_STUDENT", "ada")
    assert student_name() == "ada"
    monkeypatch.delenv("AUTOGRADER_STUDENT")
    assert student_name() == "hub"
    monkeypatch.delenv("JUPYTERHUB_USER")
    monkeypatch.setenv("LOGNAME", "login")
    assert student_name() == "login"
