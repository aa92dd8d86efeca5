"""The sandbox of students' code: `walls` hold it, the `wire` leads out, a `session` runs cells."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from autograder.sandbox.session import CallResult, CellResult, LocalSession, Session
from autograder.sandbox.wire import Attribute, Handle, Item, Name, Target

if TYPE_CHECKING:
    from autograder.sandbox.session.zygote import SandboxedSession, Zygote
    from autograder.sandbox.walls import choose_level, probe

__all__ = [
    "Attribute",
    "CallResult",
    "CellResult",
    "Handle",
    "Item",
    "LocalSession",
    "Name",
    "SandboxedSession",
    "Session",
    "Target",
    "Zygote",
    "choose_level",
    "probe",
]

# Needed to mark, and only where there is Linux; a student's notebook checks without them.
_MODULES = {
    "SandboxedSession": "autograder.sandbox.session.zygote",
    "Zygote": "autograder.sandbox.session.zygote",
    "choose_level": "autograder.sandbox.walls",
    "probe": "autograder.sandbox.walls",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
