"""Programs that run beside the marking, each in the place of a grader process."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread


@dataclass(frozen=True, eq=False)  # a key of dictionaries, like a job
class Command:
    """A program with its arguments, where it runs, its environment, and how long it may."""

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    seconds: float


@dataclass(frozen=True)
class Ended:
    """The end of a command: its exit status, None for one that ran out of time or never began.

    `output` is what it wrote to stdout and stderr, `seconds` what it took by the clock.
    """

    status: int | None
    output: str
    seconds: float


class CommandWorker:
    """A running command; `connection` can be read from once it has ended."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.connection, self._theirs = Pipe(duplex=False)
        self._start = time.monotonic()
        self._process: subprocess.Popen[str] | None = None
        self._refused = ""
        try:
            self._process = subprocess.Popen(
                command.words,
                cwd=command.folder,
                env=command.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        except OSError as error:
            self._refused = str(error)
        self._thread = Thread(target=self._watch, name=command.words[0], daemon=True)
        self._thread.start()

    def result(self) -> Ended:
        """Return how it ended; waits until it has."""
        ended: Ended = self.connection.recv()
        self._thread.join()
        self.connection.close()
        return ended

    def stop(self) -> None:
        """End it now; nobody wants its result any more."""
        if self._process is not None:
            self._process.kill()
        self._thread.join()
        self.connection.close()

    def _watch(self) -> None:
        status, output = None, self._refused
        if self._process is not None:
            try:
                output, _ = self._process.communicate(timeout=self.command.seconds)
                status = self._process.returncode
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.communicate()
                output = f"it took longer than {self.command.seconds:g} s"
        self._theirs.send(Ended(status, output, time.monotonic() - self._start))
        self._theirs.close()
