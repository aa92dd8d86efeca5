"""The CPU time that marking takes."""

from __future__ import annotations

import time
from contextlib import suppress

import psutil


class CpuClock:
    """Counts the CPU seconds of this process and of those below it when the clock is made.

    What these start later counts once it has ended and been waited for: the zygote waits for
    every session that it has forked. Seconds by the clock depend on what else a machine does;
    these do so little that a limit on them can be held.
    """

    def __init__(self) -> None:
        self._below = psutil.Process().children(recursive=True)

    def seconds(self) -> float | None:
        """Return the CPU seconds so far; None where the system does not tell."""
        if not self._below:
            return None
        total = time.process_time()
        for process in self._below:
            with suppress(psutil.Error):  # it has ended meanwhile
                times = process.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
        return total
