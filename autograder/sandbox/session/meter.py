"""How much of a limit an exchange with a session has used up."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from autograder.errors import SessionTimeoutError


class Meter:
    """Counts CPU seconds, or seconds by the clock divided by `clock_factor` where that is more.

    A busy machine gives a process little CPU time, and what sleeps takes none: neither may cost
    a right answer its marks, nor last for ever. `cpu_seconds` returns the CPU time so far.
    """

    def __init__(
        self, cpu_seconds: Callable[[], float], seconds: float, clock_factor: float
    ) -> None:
        self._cpu_seconds = cpu_seconds
        self._seconds = seconds
        self._clock_factor = clock_factor
        self._cpu_at_first = cpu_seconds()
        self._began = time.monotonic()

    @property
    def deadline(self) -> float | None:
        """The end by the clock, None where there is no limit."""
        return None if math.isinf(self._seconds) else self._began + self._waiting

    def spent(self) -> float:
        """Return the seconds that count so far."""
        return max(self._computed(), (time.monotonic() - self._began) / self._clock_factor)

    def look(self) -> None:
        """Raise TimeoutError where the limit is reached."""
        if self.spent() >= self._seconds:
            raise TimeoutError

    def error(self) -> SessionTimeoutError:
        """Return the error that says which limit was reached."""
        if self._computed() >= self._seconds:
            return SessionTimeoutError(f"no answer within {self._seconds:.3g} s of CPU time")
        text = f"no answer within {self._waiting:.3g} s by the clock"
        return SessionTimeoutError(text, waited=self._waiting)

    @property
    def _waiting(self) -> float:
        return self._clock_factor * self._seconds

    def _computed(self) -> float:
        return self._cpu_seconds() - self._cpu_at_first
