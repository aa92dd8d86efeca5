"""An end for code of our own that may not end by itself.

    with limited(seconds=10):
        variant()               # raises TimeUpError in here after ten seconds of CPU time

It is for trusted code: what catches every exception in a loop is stopped by nothing but the
walls of a session.
"""

from __future__ import annotations

import ctypes
import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

from autograder.errors import SessionTimeoutError
from autograder.sandbox import LocalSession
from autograder.sandbox.wire import Message

# What waits takes no CPU time. On a busy machine an honest second takes several.
_WALL = 10
_TICK = 0.1
_AGAIN = 2.0


class TimeUpError(KeyboardInterrupt):
    """The time is up; like somebody's Ctrl-C it is no error that code should handle."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TimeUpError in the code inside after `seconds` of this thread's CPU time."""
    clock = _Clock(threading.get_ident(), seconds)
    clock.start()
    try:
        try:
            yield
        finally:
            clock.stop()
    except TimeUpError:
        # It can arrive while the clock is being stopped.
        clock.stop()
        raise


class _Clock(threading.Thread):
    """Raises TimeUpError in the thread `ident`, again and again until it is stopped."""

    def __init__(self, ident: int, seconds: float) -> None:
        super().__init__(daemon=True)
        self._thread_id = ident
        self._seconds = seconds
        self._guard = threading.Lock()
        self._over = threading.Event()

    def run(self) -> None:
        cpu = time.pthread_getcpuclockid(self._thread_id)
        used, start = time.clock_gettime(cpu), time.monotonic()
        pause = _TICK
        while not self._over.wait(min(pause, self._seconds)):
            late = time.monotonic() - start > _WALL * self._seconds
            if not late and time.clock_gettime(cpu) - used <= self._seconds:
                continue
            with self._guard:
                if not self._over.is_set():
                    self._raise(ctypes.py_object(TimeUpError))
            pause = self._seconds = _AGAIN

    def stop(self) -> None:
        with self._guard:
            self._over.set()
            self._raise(None)
        self.join()

    def _raise(self, exception: object) -> None:
        """Raise in the other thread, or with None take back what it has not noticed yet."""
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread_id), exception)


class TimedSession(LocalSession):
    """A session of our own in which no call lasts longer than `seconds` of CPU time."""

    def __init__(self, namespace: dict[str, Any], seconds: float) -> None:
        super().__init__(namespace)
        self._seconds = seconds

    def _exchange(self, request: Message, seconds: float) -> Message:
        # What it prints is for nobody.
        silent = redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO())
        try:
            with silent[0], silent[1], limited(self._seconds):
                return super()._exchange(request, seconds)
        except TimeUpError:
            self.close()
            raise SessionTimeoutError(f"no answer within {self._seconds:g} s") from None
