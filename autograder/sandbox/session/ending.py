"""How a session's process ended, and who may have caused it."""

from __future__ import annotations

import os
import signal


def ended_by_others(status: int | None) -> bool:
    """Return whether a session may have ended so because of what others did.

    The kernel kills for want of memory, whoever has it; what was written to a file's pages ends
    with SIGBUS where the disk is full.
    """
    if status is None:
        return True
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGBUS)


def how_it_ended(status: int | None) -> str:
    """Return how a session ended, in words, from its wait status; None where it did not end."""
    if status is None:
        return "the session's process closed its connection"
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        try:
            name = signal.Signals(number).name
        except ValueError:
            name = f"signal {number}"
        hint = ", perhaps for using too much memory" if number == signal.SIGKILL else ""
        return f"the session's process was killed by {name}{hint}"
    return f"the session's process ended with exit code {os.WEXITSTATUS(status)}"
