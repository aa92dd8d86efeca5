"""The untrusted side: walls, the zygote that forks warm sessions, the session, the wire."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from autograder.sandbox.local import LocalSession
from autograder.sandbox.session import CallResult, CellResult, Session
from autograder.sandbox.wire import Attribute, Handle, Item, Name, Target

if TYPE_CHECKING:
    from autograder.sandbox.ladder import Wall, choose_level, probe
    from autograder.sandbox.zygote import SandboxedSession, Zygote

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
    "Wall",
    "Zygote",
    "choose_level",
    "probe",
]

# Needed to mark, and only where there is Linux; a student's notebook checks without them.
_HOMES = {
    "SandboxedSession": "autograder.sandbox.zygote",
    "Wall": "autograder.sandbox.ladder",
    "Zygote": "autograder.sandbox.zygote",
    "choose_level": "autograder.sandbox.ladder",
    "probe": "autograder.sandbox.ladder",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
