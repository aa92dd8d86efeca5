"""What rlimits cannot see: the memory of all processes of a session, the size of all its files."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

_EVERY = 0.5
_MAX_FILES = 20_000
_PAGE = resource.getpagesize()


class Watch:
    """Looks at a session now and then, from outside.

    Args:
        pid: the session's process, whose process group everything it starts belongs to.
        home: the only folder it can write to.
        memory_mb: memory of all its processes together.
        files_mb: size of all its files together.
    """

    def __init__(self, pid: int, home: Path, memory_mb: int, files_mb: int) -> None:
        self._pid = pid
        self._home = home
        self._memory_mb = memory_mb
        self._files_mb = files_mb
        self._last = time.monotonic()

    def excess(self) -> str | None:
        """Return what the session has too much of, at most twice a second; None if nothing."""
        now = time.monotonic()
        if now - self._last < _EVERY:
            return None
        self._last = now
        if self._files_are_too_large():
            return f"it wrote more than {self._files_mb} MiB or {_MAX_FILES:,} files"
        if self._memory_is_too_much():
            return f"its processes used more than {self._memory_mb} MiB of memory together"
        return None

    def _memory_is_too_much(self) -> bool:
        group = list(_group(self._pid))
        limit = self._memory_mb << 20
        # One process alone is held by its own limit, which does not count shared libraries.
        if len(group) < 2 or sum(map(_resident, group)) <= limit:
            return False
        # Pages that forks share are one page; finding out which takes the kernel a while.
        return sum(map(_proportional, group)) > limit

    def _files_are_too_large(self) -> bool:
        size, count = 0, 0
        folders = [os.fspath(self._home)]
        while folders:
            try:
                with os.scandir(folders.pop()) as entries:
                    for entry in entries:
                        count += 1
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                        if size > self._files_mb << 20 or count > _MAX_FILES:
                            return True
            except OSError:
                continue  # removed meanwhile, closed to us, or too deep to be worth a look
        return False


def _group(group: int) -> Iterator[int]:
    for name in (entry.name for entry in Path("/proc").iterdir()):
        if name.isdigit():
            try:
                stat = Path("/proc", name, "stat").read_text(errors="replace")
            except OSError:
                continue
            # The name, in parentheses, may hold anything; the group is the third after it.
            if stat.rpartition(")")[2].split()[2] == str(group):
                yield int(name)


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
