"""What an attack could leave behind: processes, files, memory of the grader's."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sysconfig
from pathlib import Path

from autograder.course import Course
from autograder.sandbox import Zygote

# Where attackers leave something, it is called after them, or has this key.
ATTACKER = "mallory"
_SHARED_PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/var/spool/cron", "/etc/cron.d")
_SHARED_KEY = 0x6D616C


class Surroundings:
    """What there is before an attack, to be compared with what there is after.

    Args:
        zygote: whose processes and folder are looked at.
        course: whose files are looked at.
        apart: a folder that is left out: somebody is at work in it.
    """

    def __init__(self, zygote: Zygote, course: Course, *, apart: Path) -> None:
        self._zygote = zygote
        self._course = course
        self._apart = apart
        self._processes = self._tree()
        self._files = self._snapshot()
        Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
        self._resident = _status("VmRSS")

    def grown_mb(self) -> float:
        """By how many MiB the grader was larger, at its largest."""
        return (_status("VmHWM") - self._resident) / 1024

    def left_behind(self) -> list[str]:
        """Processes and files that were not there before."""
        processes = [f"process {pid}" for pid in self._tree() - self._processes]
        now = self._snapshot()
        files = [path for path in now if now[path] != self._files.get(path)]
        gone = [f"{path} is gone" for path in self._files.keys() - now.keys()]
        return [*processes, *files, *gone, *_traces()]

    def tidy(self) -> None:
        """Remove what an attack has left where nothing stopped it."""
        for trace in _traces():
            with contextlib.suppress(OSError):
                Path(trace).unlink()
        libc = ctypes.CDLL(None)
        remove = 0
        libc.shmctl(libc.shmget(_SHARED_KEY, 0, 0), remove, None)
        libc.semctl(libc.semget(_SHARED_KEY, 0, 0), 0, remove)
        libc.msgctl(libc.msgget(_SHARED_KEY, 0), remove, None)
        for pid in self._tree() - self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _tree(self) -> set[int]:
        """The processes that the zygote has started, and those that these have."""
        parents = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    stat = (entry / "stat").read_text(errors="replace")
                    parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
        found, tree = {self._zygote._server.process.pid}, set()
        while found:
            tree |= found
            found = {pid for pid, parent in parents.items() if parent in found}
        return tree

    def _snapshot(self) -> dict[str, tuple[int, int, int]]:
        """The course's files, and those of the zygote."""
        found = {}
        folders = [self._course.root, self._zygote._base]
        while folders:
            folder = folders.pop()
            for path in folder.iterdir():
                if path.is_dir() and not path.is_symlink():
                    if path != self._apart:
                        folders.append(path)
                        found[str(path)] = (path.stat().st_mode, 0, 0)
                    continue
                stat = path.lstat()
                found[str(path)] = (stat.st_mode, stat.st_size, stat.st_mtime_ns)
        return found


def _traces() -> list[str]:
    """What lies about under the attacker's name, or key, where everybody could find it."""
    folders = [*_SHARED_PLACES, sysconfig.get_path("purelib"), Path.home(), Path.cwd()]
    found = []
    for folder in map(Path, folders):
        with contextlib.suppress(OSError):
            found += [str(path) for path in folder.iterdir() if ATTACKER in path.name]
    sockets = Path("/proc/net/unix")
    if sockets.exists() and ATTACKER in sockets.read_text(errors="replace"):
        found.append("a socket")
    for kind in ("shm", "sem", "msg"):
        table = Path("/proc/sysvipc", kind)
        rows = table.read_text().splitlines()[1:] if table.exists() else []
        found += [f"System V {kind}" for row in rows if int(row.split()[0]) == _SHARED_KEY]
    return found


def _status(name: str) -> int:
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if name in line]
    return int(line.split()[1])
