"""Control groups: the kernel counts the memory and the processes of a session together.

Only version 2, https://docs.kernel.org/admin-guide/cgroup-v2.html. Groups are made only below
our own, and only where that was left to us; everywhere else sessions are watched (`watch`).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import signal
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from autograder.errors import SandboxError

_KILLS = re.compile(rb"^oom_kill (\d+)", re.MULTILINE)
_NAME = re.compile(r"autograder-(\d+)-\d+")
_CONTROLLERS = {"memory", "pids"}
# For our own processes: a group whose children have limits may hold no process itself.
_LEAF = "autograder-graders"
# For memory that the kernel itself keeps for the processes of a group.
_ROOM = 16 << 20
_REMOVE_SECONDS = 2.0
_count = itertools.count(1)


class Group:
    """The group of one session; it counts whatever is forked in it from the moment it is joined.

    `folder` is made already. All its `processes`, threads among them, may have `memory` bytes
    together. Raises OSError where these limits cannot be set.
    """

    def __init__(self, folder: Path, memory: int, processes: int) -> None:
        self.folder = folder
        (folder / "pids.max").write_text(str(processes))
        (folder / "memory.max").write_text(str(memory + _ROOM))
        for name, text in (("memory.swap.max", "0"), ("memory.oom.group", "1")):
            if (folder / name).exists():
                (folder / name).write_text(text)
        # Open, because it is looked at after every answer.
        self._events = os.open(folder / "memory.events", os.O_RDONLY | os.O_CLOEXEC)

    def join(self, pid: int) -> bool:
        """Put process `pid` into the group; return whether that was possible."""
        try:
            (self.folder / "cgroup.procs").write_text(str(pid))
        except OSError:
            return False
        return True

    def ran_out(self) -> bool:
        """Return whether the kernel has ended a process of it for want of memory."""
        found = _KILLS.search(os.pread(self._events, 4096, 0))
        return found is not None and int(found[1]) > 0

    def processes(self) -> list[int]:
        """Return the processes in it."""
        return _processes(self.folder)

    def remove(self) -> None:
        """Kill the processes that are left in it and remove it."""
        os.close(self._events)
        _remove(self.folder)


@cache
def find(root: Path = Path("/")) -> Path:
    """Return the folder in which groups for sessions can be made.

    Raises SandboxError, saying why, where there is none.
    """
    try:
        folder = _own_folder(root)
        if folder.name == _LEAF:  # another grader of ours was here first
            folder = folder.parent
        missing = _CONTROLLERS - set((folder / "cgroup.controllers").read_text().split())
        if missing:
            raise SandboxError(f"cgroup v2 has no {' or '.join(sorted(missing))} controller here")
        if not set((folder / "cgroup.subtree_control").read_text().split()) >= _CONTROLLERS:
            # Only the root of all has no type, and may have processes beside groups with limits.
            if (folder / "cgroup.type").exists():
                _make_room(folder, root)
            (folder / "cgroup.subtree_control").write_text("+memory +pids")
    except OSError as error:
        raise _refusal(error) from None
    return folder


@cache
def why_not() -> str | None:
    """Return why sessions have no group of their own here, None when one has been made.

    Groups that killed graders have left are removed.
    """
    try:
        remove_stale(find())
        _make(find(), 1 << 20, 1).remove()
    except SandboxError as error:
        return str(error)
    except OSError as error:
        return str(_refusal(error))
    return None


def make(memory: int, processes: int) -> Group | None:
    """Return a group for so many bytes and processes, None where there can be none."""
    if why_not() is not None:
        return None
    try:
        return _make(find(), memory, processes)
    except OSError:
        return None


def remove_stale(folder: Path) -> None:
    """Remove the groups in `folder` of graders that have ended."""
    for group in folder.iterdir():
        name = _NAME.fullmatch(group.name)
        if name and not Path("/proc", name[1]).exists():
            with contextlib.suppress(OSError):
                group.rmdir()


def _make(parent: Path, memory: int, processes: int) -> Group:
    folder = parent / f"autograder-{os.getpid()}-{next(_count)}"
    folder.mkdir()
    try:
        return Group(folder, memory, processes)
    except OSError:
        _remove(folder)
        raise


def _refusal(error: OSError) -> SandboxError:
    return SandboxError(f"{error.filename or 'a group'} cannot be made or used: {error.strerror}")


def _make_room(folder: Path, root: Path) -> None:
    """Move our own processes into a leaf of `folder`, where it was left to us and to no others."""
    if not _is_delegated(folder):
        raise SandboxError(f"cgroup v2: {folder} is not delegated to us")
    inhabitants = [int(pid) for pid in (folder / "cgroup.procs").read_text().split()]
    strangers = set(inhabitants) - set(_relatives(inhabitants, root))
    if strangers:
        raise SandboxError(f"cgroup v2: {folder} is shared with processes that are not ours")
    (folder / _LEAF).mkdir(exist_ok=True)
    for pid in inhabitants:
        with contextlib.suppress(ProcessLookupError):
            (folder / _LEAF / "cgroup.procs").write_text(str(pid))


def _is_delegated(folder: Path) -> bool:
    """Return whether systemd says so; a container's own root says it by being writable."""
    for name in ("user.delegate", "trusted.delegate"):
        with contextlib.suppress(OSError):
            if os.getxattr(folder, name) == b"1":
                return True
    return folder.is_mount() and os.access(folder / "cgroup.subtree_control", os.W_OK)


def _relatives(pids: list[int], root: Path) -> Iterator[int]:
    """Yield those of `pids` that descend from the topmost of them that we descend from."""
    parents = {}
    for pid in pids:
        with contextlib.suppress(OSError, IndexError):
            status = (root / f"proc/{pid}/stat").read_text(errors="replace")
            parents[pid] = int(status.rpartition(")")[2].split()[1])
    top = os.getpid()
    while parents.get(top) in parents:
        top = parents[top]
    for pid in pids:
        ancestor: int | None = pid
        while ancestor is not None and ancestor != top:
            ancestor = parents.get(ancestor)
        if ancestor == top:
            yield pid


def _own_folder(root: Path) -> Path:
    """Return the folder of our own group."""
    own = re.search(r"^0::(.*)$", (root / "proc/self/cgroup").read_text(), re.MULTILINE)
    for line in (root / "proc/self/mountinfo").read_text().splitlines():
        before, _, after = line.partition(" - ")
        top, mounted = before.split()[3:5]
        if own is not None and after.split()[0] == "cgroup2":
            with contextlib.suppress(ValueError):
                return root / mounted.lstrip("/") / Path(own[1]).relative_to(top)
    raise SandboxError("no cgroup v2")


def _remove(folder: Path) -> None:
    deadline = time.monotonic() + _REMOVE_SECONDS
    while folder.exists() and time.monotonic() < deadline:
        for pid in _processes(folder):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            folder.rmdir()
            return
        time.sleep(0.002)
    # A group that is still in use now is removed by the next grader that starts here.


def _processes(folder: Path) -> list[int]:
    try:
        return [int(pid) for pid in (folder / "cgroup.procs").read_text().split()]
    except OSError:
        return []
