"""Resource limits: memory, files, CPU time and number of the processes of a session."""

from __future__ import annotations

import resource
from pathlib import Path


def limit_each_process(memory_mb: int, files_mb: int, cpu_seconds: int) -> None:
    """Limit the address space on top of what is mapped now, the files and the CPU time of each.

    When the machine is out of memory, they are ended before others.
    """
    Path("/proc/self/oom_score_adj").write_text("1000")
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + (memory_mb << 20))
    _limit(resource.RLIMIT_FSIZE, files_mb << 20)
    _limit(resource.RLIMIT_NOFILE, 256)
    _limit(resource.RLIMIT_CORE, 0)
    # In case no grader is left to stop it by the clock.
    _limit(resource.RLIMIT_CPU, cpu_seconds)


def limit_processes(count: int) -> None:
    """Limit the processes and threads of this uid, or of this user namespace."""
    _limit(resource.RLIMIT_NPROC, count)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))
