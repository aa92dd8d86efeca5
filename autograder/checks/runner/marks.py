"""`@task`: which task a check belongs to, and how much it weighs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from autograder.errors import CourseError

_MARK = "__autograder_task__"
F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True)
class TaskMark:
    """The mark that `@task` leaves on a check."""

    task: str
    weight: float


def task(name: str, *, weight: float = 1.0) -> Callable[[F], F]:
    """Mark a pytest function as a check of the task `name`.

    `weight` is its share of the task's points among the task's other checks; with
    `pytest.mark.parametrize` every case has that weight. Raises CourseError for a weight
    that is not a positive number, and where two tasks claim one function.

        @task("adam", weight=2)
        def test_bias_correction_is_visible_in_the_second_step(student): ...
    """
    if not isinstance(name, str) or not name.strip():
        raise CourseError(f'@task wants the name of a task, as in @task("adam"), got {name!r}')
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        raise CourseError(f"@task({name!r}): weight must be a number, got {weight!r}")
    if not (math.isfinite(weight) and weight > 0):
        raise CourseError(f"@task({name!r}): weight must be positive, got {weight!r}")

    def mark(function: F) -> F:
        if isinstance(function, type) or not callable(function):
            raise CourseError(f"@task({name!r}) marks test functions, not {function!r}")
        if task_of(function) is not None:
            raise CourseError(f"@task({name!r}): {function.__name__} has a task already")
        setattr(function, _MARK, TaskMark(name, float(weight)))
        return function

    return mark


def task_of(function: object) -> TaskMark | None:
    """Return the mark that `@task` left on a function, or None."""
    mark = getattr(function, _MARK, None)
    return mark if isinstance(mark, TaskMark) else None
