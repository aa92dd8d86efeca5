"""The untrusted side: walls, the zygote that forks warm sessions, the session, the wire."""

from __future__ import annotations

from autograder.sandbox.local import LocalSession
from autograder.sandbox.session import (
    Attribute,
    CallResult,
    CellResult,
    Handle,
    Item,
    Name,
    Session,
    Target,
)
from autograder.sandbox.walls import choose_level, probe
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
    "Zygote",
    "choose_level",
    "probe",
]
