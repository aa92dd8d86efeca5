"""How busy the machine is: tests stretch a limit that they mean for a quiet one."""

from __future__ import annotations

import time


def stretched(seconds: float) -> float:
    """As many seconds of the wall as give, now, the CPU time that `seconds` give when it is quiet.

    A limit that something honest has to keep is twice as long as that comes to.
    """
    start, cpu = time.perf_counter(), time.thread_time()
    while time.thread_time() - cpu < 0.2:
        pass
    slowdown = (time.perf_counter() - start) / 0.2
    return seconds if slowdown < 1.2 else round(2 * slowdown * seconds, 1)
