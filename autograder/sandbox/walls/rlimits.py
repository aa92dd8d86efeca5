"""Resource limits: memory, files, CPU time and number of the processes of a session."""

from __future__ import annotations

import resource
from pathlib import Path


def limit_memory(megabytes: int) -> None:
    """Allow this much address space on top of what is mapped now."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + (megabytes << 20))


def limit_files(megabytes: int) -> None:
    """Limit the size of a file, how many are open, and leave no core dump."""
    _limit(resource.RLIMIT_FSIZE, megabytes << 20)
    _limit(resource.RLIMIT_NOFILE, 256)
    _limit(resource.RLIMIT_CORE, 0)


def limit_cpu(seconds: int) -> None:
    """Limit the CPU time of each process, in case no grader is left to stop it by the clock."""
    _limit(resource.RLIMIT_CPU, seconds)


def limit_processes(count: int) -> None:
    """Limit the processes and threads of this uid, or of this user namespace."""
    _limit(resource.RLIMIT_NPROC, count)


def raise_oom_score() -> None:
    """Ask the kernel to end this process before others when the machine is out of memory."""
    Path("/proc/self/oom_score_adj").write_text("1000")


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))
