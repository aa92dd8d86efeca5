"""CPU seconds of marking: of the grader process, its zygote and every session that has ended.

Seconds by the clock depend on what else a machine does; these do so little that a limit on
them can be held.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT = 1  # fields of /proc/PID/stat, counted after the name
_TIMES = slice(11, 15)  # user and system time, its own and those of what it waited for


class CpuClock:
    """Counts the CPU seconds of this process and of those below it when the clock is made.

    What these start later counts once it has ended and been waited for: the zygote waits for
    every session that it has forked.
    """

    def __init__(self) -> None:
        self._below = _descendants(os.getpid())

    def seconds(self) -> float | None:
        """CPU seconds so far; None where the system does not tell."""
        if not self._below:
            return None
        fields = [_stat(pid) for pid in self._below]
        ticks = sum(int(value) for each in fields if each for value in each[_TIMES])
        return time.process_time() + ticks / _TICKS


def _descendants(root: int) -> list[int]:
    """Return the processes below `root`, as /proc tells; none where there is no /proc."""
    children: dict[int, list[int]] = {}
    try:
        numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    except OSError:
        return []
    for pid in numbers:
        fields = _stat(pid)
        if fields:
            children.setdefault(int(fields[_PARENT]), []).append(pid)
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _stat(pid: int) -> list[str] | None:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return None  # it has ended meanwhile
    # The name, in parentheses, may hold anything.
    return status.rpartition(")")[2].split()
