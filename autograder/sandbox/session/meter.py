"""How much of a limit an exchange with a session has used up."""

from __future__ import annotations

import time

from autograder.errors import SessionTimeoutError
from autograder.sandbox.walls.watch import Watch

# Where the kernel does not say how long a process waited for a core, it may have been as long.
_UNKNOWN = 5


class Meter:
    """Counts CPU seconds, or seconds by the clock divided by `clock_factor` where that is more.

    A busy machine keeps a process waiting for a core, which does not count: no right answer may
    lose its marks by it. What sleeps, or waits for something else, must end all the same.
    """

    def __init__(self, watch: Watch, seconds: float, clock_factor: float) -> None:
        self._watch = watch
        self._seconds = seconds
        self._cpu_at_first = watch.cpu_seconds()
        self._starved_at_first = watch.starved_seconds()
        known = self._starved_at_first is not None
        self._clock_factor = clock_factor if known else _UNKNOWN * clock_factor
        self._began = time.monotonic()

    def spent(self) -> float:
        """Return the seconds that count so far."""
        return max(self._computed(), self._waited() / self._clock_factor)

    def look(self) -> None:
        """Raise TimeoutError where the limit is reached."""
        if self.spent() >= self._seconds:
            raise TimeoutError

    def error(self) -> SessionTimeoutError:
        """Return the error that says which limit was reached."""
        if self._computed() >= self._seconds:
            return SessionTimeoutError(f"no answer within {self._seconds:.3g} s of CPU time")
        waited = self._clock_factor * self._seconds
        return SessionTimeoutError(f"no answer within {waited:.3g} s by the clock", waited)

    def _computed(self) -> float:
        return self._watch.cpu_seconds() - self._cpu_at_first

    def _waited(self) -> float:
        seconds = time.monotonic() - self._began
        starved = self._watch.starved_seconds()
        if starved is None or self._starved_at_first is None:
            return seconds
        return seconds - (starved - self._starved_at_first)
