"""The watchdog: the memory of all processes of a session, and the size of all its files.

Resource limits see one process and one file at a time. A file system of the session's own says by
itself what is in it; on a disk that others write to, too, its folder is searched.
"""

from __future__ import annotations

import contextlib
import os
import resource
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import SessionDiedError
from autograder.sandbox.walls.cgroups import Group
from autograder.sandbox.walls.filesystem import MAX_FILES, Used, free_bytes, used

# What a disk that sessions write to has to keep free: between two looks some of it may be taken.
RESERVE = 64 << 20
_EVERY = 0.5
_PAGE = resource.getpagesize()
_TICKS = os.sysconf("SC_CLK_TCK")
_OF_A_PROCESS = 2  # the low bits of its clock, which has no name in Python: CPUCLOCK_SCHED


class Watch:
    """Looks at the processes and files of a session, at most twice a second, from outside.

    `pid` is the session's process, whose process group everything it starts belongs to, and
    `home` the only folder it can write to. With a `cgroup` the kernel holds its memory, and
    without one only we do. `room` is a descriptor of the file system at `home`, where it is the
    session's own: that is asked every time. It is closed with the watch.
    """

    def __init__(
        self,
        pid: int,
        home: Path,
        memory_mb: int,
        files_mb: int,
        cgroup: Group | None = None,
        room: int | None = None,
    ) -> None:
        self._cgroup = cgroup
        self._room = room
        # True once the disk, where others write to it, too, had hardly any room.
        self.crowded = False
        self.apart = room is not None
        self._pid = pid
        self._home = home
        self._memory_mb = memory_mb
        self._files_mb = files_mb
        self._last = time.monotonic()
        self._own_seconds = self._others_seconds = 0.0
        self._starved_seconds: float | None = None
        self._schedstat: int | None = None
        with contextlib.suppress(OSError):  # a kernel without CONFIG_SCHED_INFO
            self._schedstat = os.open(f"/proc/{pid}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
            self._starved_seconds = 0.0
        self._closed = False

    def cpu_seconds(self) -> float:
        """Return the CPU time of the session's processes; of its children as last looked at."""
        # Once it is closed its number may be another process's.
        if not self._closed:
            with contextlib.suppress(OSError):  # its process has ended
                self._own_seconds = time.clock_gettime(~self._pid << 3 | _OF_A_PROCESS)
        return self._own_seconds + self._others_seconds

    def starved_seconds(self) -> float | None:
        """Return how long the session's process has waited for a core; None where nobody knows."""
        if self._schedstat is not None:
            with contextlib.suppress(OSError):  # its process has ended
                self._starved_seconds = int(os.pread(self._schedstat, 100, 0).split()[1]) / 1e9
        return self._starved_seconds

    def look(self) -> None:
        """Raise SessionDiedError where the session has too much of something."""
        now = time.monotonic()
        if self._room is None:
            with contextlib.suppress(OSError):
                crowded = free_bytes(self._home) < RESERVE
                # Somebody fills it, perhaps this session: there is no time to lose.
                self._last -= _EVERY if crowded and not self.crowded else 0.0
                self.crowded |= crowded
        if now - self._last < _EVERY:
            self.refuse_too_much()
            return
        self._last = now
        group = self._cgroup.processes() if self._cgroup else list(_group(self._pid))
        others = sum(_cpu_seconds(pid, itself=pid != self._pid) for pid in group)
        self._others_seconds = max(self._others_seconds, others)
        if self._room is None and self._too_many(self._searched(group)):
            raise self._out_of_room()
        if self._cgroup is None and self._memory_is_too_much(group):
            raise self._out_of_memory()
        self.refuse_too_much()

    def refuse_too_much(self) -> None:
        """Raise SessionDiedError where the kernel says that the session took too much.

        It has ended some process for want of memory, or its own file system holds too much.
        """
        if self._cgroup is not None and self._cgroup.ran_out():
            raise self._out_of_memory()
        if self._room is not None and self._too_many(used(self._room)):
            raise self._out_of_room()

    def close(self) -> None:
        """Give up the session's cgroup, once its processes have ended."""
        self._closed = True
        if self._schedstat is not None:
            os.close(self._schedstat)
            self._schedstat = None
        if self._cgroup is not None:
            self._cgroup.remove()
        if self._room is not None:
            os.close(self._room)
            self._room = None

    def _out_of_room(self) -> SessionDiedError:
        return SessionDiedError(
            f"the session was ended: it wrote more than {self._files_mb} MiB or {MAX_FILES:,} files"
        )

    def _too_many(self, found: Used) -> bool:
        return found.bytes > self._files_mb << 20 or found.files > MAX_FILES

    def _out_of_memory(self) -> SessionDiedError:
        return SessionDiedError(
            f"the session was ended: its processes used more than {self._memory_mb} MiB "
            "of memory together"
        )

    def _memory_is_too_much(self, group: list[int]) -> bool:
        limit = self._memory_mb << 20
        # One process alone is held by its own limit, which does not count shared libraries.
        if len(group) < 2 or sum(map(_resident, group)) <= limit:
            return False
        # Pages that forks share are one page; finding out which takes the kernel a while.
        return sum(map(_proportional, group)) > limit

    def _searched(self, group: list[int]) -> Used:
        """Return what is below the session's folder, or open there without a name.

        A folder that cannot be looked into, as only hidden files are in, counts as too much.
        """
        size, count = _unlinked_bytes(group, self._home), 0
        folders = [os.fspath(self._home)]
        while folders:
            try:
                with os.scandir(folders.pop()) as entries:
                    for entry in entries:
                        count += 1
                        with contextlib.suppress(FileNotFoundError):  # removed meanwhile
                            if entry.is_dir(follow_symlinks=False):
                                folders.append(entry.path)
                            size += entry.stat(follow_symlinks=False).st_blocks * 512
                        if self._too_many(Used(size, count)):
                            return Used(size, count)
            except (FileNotFoundError, NotADirectoryError):
                continue  # removed meanwhile
            except OSError:
                return Used(sys.maxsize, count)  # it may not be listed, or lies too deep
        return Used(size, count)


def _cpu_seconds(pid: int, *, itself: bool) -> float:
    """Return the CPU time of a process's children that it waited for, and with `itself` its own."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return 0.0
    times = status.rpartition(")")[2].split()[11:15]
    return sum(map(int, times if itself else times[2:])) / _TICKS


def _group(group: int) -> Iterator[int]:
    for name in (entry.name for entry in Path("/proc").iterdir()):
        if name.isdigit():
            try:
                status = Path("/proc", name, "stat").read_text(errors="replace")
            except OSError:
                continue
            # The name, in parentheses, may hold anything; the group is the third after it.
            if status.rpartition(")")[2].split()[2] == str(group):
                yield int(name)


def _unlinked_bytes(group: list[int], home: Path) -> int:
    """Return the bytes of the files that have no name any more, but are open or mapped."""
    sizes: dict[tuple[int, int], int] = {}
    for pid in group:
        # Threads may have descriptors of their own.
        for thread in _listed(Path(f"/proc/{pid}/task")):
            for descriptor in _listed(thread / "fd"):
                try:
                    file = descriptor.stat()
                except OSError:
                    continue
                if stat.S_ISREG(file.st_mode) and not file.st_nlink:
                    sizes[file.st_dev, file.st_ino] = file.st_blocks * 512
        for span, device, inode in _unlinked_maps(pid, home):
            sizes.setdefault((device, inode), span)
    return sum(sizes.values())


def _unlinked_maps(pid: int, home: Path) -> Iterator[tuple[int, int, int]]:
    """Yield size, device and inode of what a process has mapped of such files in `home`."""
    try:
        maps = Path(f"/proc/{pid}/maps").read_text(errors="replace")
    except OSError:
        return
    for line in maps.splitlines():
        # Libraries that were replaced while they ran have lost their names, too.
        if line.endswith(" (deleted)") and f" {home}/" in line:
            span, _, _, device, inode = line.split(maxsplit=5)[:5]
            first, last = (int(end, 16) for end in span.split("-"))
            major, minor = (int(part, 16) for part in device.split(":"))
            yield last - first, os.makedev(major, minor), int(inode)


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def _proportional(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return _resident(pid)
