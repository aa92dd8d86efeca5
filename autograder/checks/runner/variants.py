"""Numbers of one's own: every student meets a task with other values.

In checks.py:

    SALT = "backprop-2026"

    @draw("scalar-network")
    def numbers(rng):
        return {"x": round(rng.uniform(0.5, 2), 2)}

`variant("scalar-network")` in the notebook and the fixture `variant` in a check give the
same dictionary for the same student.
"""

from __future__ import annotations

import getpass
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType

import numpy as np

from autograder.errors import CourseError

DrawFunction = Callable[[np.random.Generator], dict[str, object]]
_MARK = "__autograder_draw__"


def draw(task: str) -> Callable[[DrawFunction], DrawFunction]:
    """Mark the function of checks.py that draws the numbers of `task` from a generator."""
    if not isinstance(task, str) or not task.strip():
        raise CourseError(f'@draw wants the name of a task, as in @draw("adam"), got {task!r}')

    def mark(function: DrawFunction) -> DrawFunction:
        setattr(function, _MARK, task)
        return function

    return mark


@dataclass(frozen=True)
class Draws:
    """The draw functions of one checks.py and the salt that makes them its own."""

    salt: str = ""
    functions: dict[str, DrawFunction] = field(default_factory=dict)

    @classmethod
    def of(cls, module: ModuleType | None) -> Draws:
        """Find the draws of a loaded checks.py; CourseError where SALT is missing."""
        functions: dict[str, DrawFunction] = {}
        for value in vars(module).values() if module is not None else ():
            task = getattr(value, _MARK, None)
            if not isinstance(task, str):
                continue
            if functions.get(task, value) is not value:
                raise CourseError(f'{_file(module)}: two functions are marked @draw("{task}")')
            functions[task] = value
        salt = getattr(module, "SALT", "")
        if functions and not (isinstance(salt, str) and salt):
            raise CourseError(f'{_file(module)}: @draw needs a line such as SALT = "backprop-2026"')
        return cls(salt if isinstance(salt, str) else "", functions)

    def numbers(self, task: str, student: str) -> dict[str, object]:
        """Draw the numbers of one task for one student, always the same ones."""
        if task not in self.functions:
            known = ", ".join(self.functions) or "none"
            raise CourseError(f'no @draw("{task}") in checks.py (there are draws for: {known})')
        seed = hashlib.sha256("\0".join((self.salt, student, task)).encode()).digest()
        values = self.functions[task](np.random.default_rng(list(seed)))
        if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
            raise CourseError(f'@draw("{task}") must return a dict with names as keys')
        return values

    def all_for(self, student: str) -> dict[str, dict[str, object]]:
        """Draw the numbers of every task for one student."""
        return {task: self.numbers(task, student) for task in self.functions}


def student_name() -> str:
    """Return who sits at this machine: the grader's name for them, the hub's, the login."""
    for name in ("AUTOGRADER_STUDENT", "JUPYTERHUB_USER"):
        if os.environ.get(name):
            return os.environ[name]
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "student"


def _file(module: ModuleType | None) -> str:
    return str(getattr(module, "__file__", "checks.py"))
