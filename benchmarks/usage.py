"""CPU and wall-clock time of a command and of everything that it starts.

    python -P usage.py RESULT.json COMMAND…

Run as a program of its own: it adopts the processes that the command leaves behind, so that
none of them ends uncounted, and what it waits for is only ever the command's. Nothing but the
standard library is imported before the clock starts.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import sysconfig
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_STRAGGLER_SECONDS = 20.0
_LOG = "output.log"
_SAID = 2000


@dataclass(frozen=True)
class Usage:
    """The seconds that a command used, by the clock and of CPU, and how it ended.

    CPU seconds are those of the whole process tree. `stragglers` are processes that outlived
    the command and ended soon after; `lost` is whether some had not ended even then, so that
    their time is missing.
    """

    wall_seconds: float
    user_seconds: float
    system_seconds: float
    status: int
    stragglers: int
    lost: bool

    @property
    def cpu_seconds(self) -> float:
        """User and system time together."""
        return self.user_seconds + self.system_seconds


def measure(command: list[str], place: Path, folder: Path) -> Usage:
    """Run `command` in `place` and return what it used; `folder` gets its output and settings."""
    result = folder / "usage.json"
    settings = folder / "jupyter"
    settings.mkdir(parents=True, exist_ok=True)
    scripts = sysconfig.get_path("scripts")
    # Ours, without anybody's Jupyter settings.
    environment = {
        **os.environ,
        "PATH": scripts + os.pathsep + os.environ.get("PATH", os.defpath),
        "JUPYTER_CONFIG_DIR": str(settings),
        "JUPYTER_NO_CONFIG": "1",
    }
    with (folder / _LOG).open("wb") as sink:
        subprocess.run(
            [sys.executable, "-P", __file__, str(result), *command],
            cwd=place,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            check=True,
        )
    return Usage(**json.loads(result.read_text(encoding="utf-8")))


def said(folder: Path) -> str:
    """Return the end of the output that is in `folder`."""
    return (folder / _LOG).read_text(encoding="utf-8", errors="replace")[-_SAID:]


def _watched(command: list[str]) -> Usage:
    """Run `command` as our only child, wait for all that it leaves, and add up."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    start = time.monotonic()
    status = subprocess.run(command, check=False).returncode
    wall = time.monotonic() - start
    stragglers, lost = _wait_for_the_rest()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Usage(wall, used.ru_utime, used.ru_stime, status, stragglers, lost)


def _wait_for_the_rest() -> tuple[int, bool]:
    """Reap the processes that we inherited; return how many, and whether some go on."""
    deadline = time.monotonic() + _STRAGGLER_SECONDS
    count = 0
    while time.monotonic() < deadline:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return count, False
        if pid:
            count += 1
        else:
            time.sleep(0.01)
    return count, True


if __name__ == "__main__":
    used = _watched(sys.argv[2:])
    Path(sys.argv[1]).write_text(json.dumps(asdict(used)), encoding="utf-8")
