"""How busy the machine is: tests stretch a limit that they mean for a quiet one."""

from __future__ import annotations

import time

_BURN = 0.1
_MOST = 10.0


def stretched(seconds: float) -> float:
    """`seconds`, times what a second of CPU time takes by the clock now, but at most ten times."""
    start, cpu = time.perf_counter(), time.thread_time()
    while time.thread_time() - cpu < _BURN:
        pass
    slowdown = (time.perf_counter() - start) / _BURN
    return seconds if slowdown < 1.2 else round(min(slowdown, _MOST) * seconds, 1)
