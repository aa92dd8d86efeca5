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

__all__ = [
    "Attribute",
    "CallResult",
    "CellResult",
    "Handle",
    "Item",
    "LocalSession",
    "Name",
    "Session",
    "Target",
]
