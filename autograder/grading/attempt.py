"""One student's run through the notebook: a live session that can be lost and made again."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from autograder.course import Limits
from autograder.errors import SessionDiedError, SessionError, SessionTimeoutError, WireError
from autograder.notebook import Cell, Problem
from autograder.sandbox import Session


class Attempt:
    """Runs cells one by one and keeps what they printed.

    A cell that hangs or kills the session costs only itself: the session is forked
    again, the cells before are replayed without it, and the run goes on.

    `fork` makes a fresh session, once for each that is needed. Of the submission's time `spent`
    seconds are used up before. The cells labelled in `without` are known to end a session and are
    not run.
    """

    def __init__(
        self,
        fork: Callable[[], Session],
        limits: Limits,
        *,
        spent: float = 0.0,
        without: Collection[str] = (),
    ) -> None:
        self._fork = fork
        self._limits = limits
        self._without = without
        self._session: Session | None = None
        self._done: list[tuple[Cell, str]] = []
        self._errors: list[tuple[Cell, str]] = []
        self._spent = spent
        self.problems: list[Problem] = []
        self.lost: set[str] = set()

    @property
    def seconds_left(self) -> float:
        """The rest of the submission's time."""
        return max(0.0, self._limits.submission_seconds - self.spent)

    @property
    def spent(self) -> float:
        """The seconds that count against the submission's time, those of lost sessions too."""
        return self._spent + (0.0 if self._session is None else self._session.spent)

    def session(self) -> Session:
        """Return a live session in which every cell so far was run, as long as there is time."""
        if self._session is None or not self._session.alive:
            self.close()
            self._replay()
        assert self._session is not None
        return self._session

    def run(
        self, cell: Cell, source: str | None = None, *, told_elsewhere: bool = False
    ) -> list[dict[str, Any]]:
        """Run one cell and return its outputs; whatever goes wrong becomes a problem.

        An exception does not where it is `told_elsewhere`.
        """
        source = cell.source if source is None else source
        if cell.label in self._without:
            return []
        if not self.seconds_left:
            self._lost(cell, "was not run: the time for the whole submission is used up")
            return []
        try:
            seconds = self._cell_seconds()
            result = self.session().run_cell(source, name=cell.label, seconds=seconds)
        except SessionError as error:
            self._lost(cell, _why_lost(error, self._limits))
            self.close()
            name = type(error).__name__
            trace = [f"{name}: {error}"]
            return [
                {"output_type": "error", "ename": name, "evalue": str(error), "traceback": trace}
            ]
        self._done.append((cell, source))
        if result.error is not None:
            self._errors.append((cell, f"stopped with {result.error}"))
            if not (told_elsewhere or result.error.type == "NotImplementedError"):
                self.problems.append(
                    Problem(cell.label, "exception", f"{cell.label} stopped with {result.error}")
                )
        return result.outputs

    def why_missing(self, name: str) -> str | None:
        """Return why `name` may not exist: the cell that should define it and what stopped it."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        for cell, error in self._errors:
            if any(_defines(line, word) for line in cell.source.splitlines()):
                return f"{cell.label} {error}"
        return None

    def close(self) -> None:
        """End the session; outputs and problems stay."""
        if self._session is not None:
            self._session.close()
            self._spent += self._session.spent
            self._session = None

    def _replay(self) -> None:
        """Fork a session and run again, in order, every cell that did not end one."""
        while True:
            session = self._session = self._fork()
            for done in self._done:
                if not self.seconds_left:
                    return  # nothing will be asked of it any more
                cell, source = done
                try:
                    session.run_cell(source, name=cell.label, seconds=self._cell_seconds())
                except SessionError as error:
                    # It ran once and ends the session now: leave it out from here on.
                    self._done.remove(done)
                    self._lost(cell, _why_lost(error, self._limits))
                    self.close()
                    break
            else:
                return

    def _cell_seconds(self) -> float:
        return min(self._limits.cell_seconds, max(self.seconds_left, 0.1))

    def _lost(self, cell: Cell, why: str) -> None:
        self.lost.add(cell.label)
        self._errors.append((cell, why))
        self.problems.append(Problem(cell.label, "session", f"{cell.label} {why}"))


def _defines(line: str, word: re.Pattern[str]) -> bool:
    found = word.search(line)
    # Never one pattern for all of it: a long line would take the square of its length.
    return found is not None and (
        line[: found.start()].strip() in ("def", "class") or "=" in line[found.end() :]
    )


def _why_lost(error: SessionError, limits: Limits) -> str:
    if isinstance(error, SessionTimeoutError) and error.waited is not None:
        return f"waited for longer than {error.waited:.3g} s and was stopped"
    if isinstance(error, SessionTimeoutError):
        return f"ran longer than {limits.cell_seconds:g} s and was stopped"
    if isinstance(error, SessionDiedError):
        return f"ended the whole session ({error})"
    if isinstance(error, WireError):
        return f"sent something that is not an answer ({error})"
    return f"could not be run ({error})"
