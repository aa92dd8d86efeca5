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
from typing import Literal, NamedTuple

import numpy as np

from autograder.errors import CourseError

DrawFunction = Callable[[np.random.Generator], dict[str, object]]
_MARK = "__autograder_draw__"
# Names that machines give to whoever logs in: Colab's, those of containers and of web editors.
_LOGINS = """
    root jovyan user colab student runner admin administrator guest ubuntu debian vscode
    codespace gitpod coder jupyter notebook nobody ec2-user sagemaker-user azureuser default docker
    dev work me
"""
SHARED = tuple(_LOGINS.split())


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


class Whose(NamedTuple):
    """A student's name, and who says so."""

    name: str
    source: Literal["course", "said", "login"]

    @property
    def known(self) -> bool:
        """Whether the name can be taken for the student's alone."""
        return self.source != "login" or self.name.casefold() not in SHARED


def whose(said: str = "") -> Whose:
    """Return who sits at this machine: the grader's name for them, the hub's, what they said.

    Where nobody says it, it is the name of the login, which many may share.
    """
    # The name of a server that anybody may start means nothing.
    hub = "" if os.environ.get("BINDER_LAUNCH_HOST") else os.environ.get("JUPYTERHUB_USER")
    course = os.environ.get("AUTOGRADER_STUDENT") or hub
    if course or said:
        return Whose(course or said, "course" if course else "said")
    try:
        return Whose(getpass.getuser(), "login")
    except (OSError, KeyError, ImportError):
        return Whose("student", "login")


def student_name(said: str = "") -> str:
    """Return the name of who sits at this machine, as `whose` does."""
    return whose(said).name


def _file(module: ModuleType | None) -> str:
    return str(getattr(module, "__file__", "checks.py"))
