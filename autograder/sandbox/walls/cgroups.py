"""Control groups: memory and processes of a session counted together, by the kernel.

Both versions: https://docs.kernel.org/admin-guide/cgroup-v2.html, and the older
https://docs.kernel.org/admin-guide/cgroup-v1/. Groups are only made below our own, and only
where that was left to us; everywhere else sessions are watched instead (`watch`).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.errors import SandboxError

_KILLS = re.compile(rb"^oom_kill (\d+)", re.MULTILINE)
_NAME = re.compile(r"autograder-(\d+)-\d+")
# Where our own processes go in version 2, in which a group with limits has no other processes.
_LEAF = "autograder-graders"
# For what the kernel itself keeps for the processes of a group.
_ROOM = 16 << 20
_FAREWELL_SECONDS = 2.0
_count = itertools.count(1)


class Group:
    """The group of one session; it counts whatever is forked in it from the moment it is joined."""

    def __init__(self, folders: tuple[Path, ...], events: Path) -> None:
        self._folders = folders
        # Open, because it is looked at after every answer.
        self._events = os.open(events, os.O_RDONLY | os.O_CLOEXEC)

    def join(self, pid: int) -> bool:
        """Put process `pid` into the group; return whether that was possible."""
        try:
            for folder in self._folders:
                (folder / "cgroup.procs").write_text(str(pid))
        except OSError:
            return False
        return True

    def ran_out(self) -> bool:
        """Return whether the kernel has ended a process of it for want of memory."""
        found = _KILLS.search(os.pread(self._events, 4096, 0))
        return found is not None and int(found[1]) > 0

    def processes(self) -> list[int]:
        """Return the processes in it."""
        return [int(pid) for pid in _read(self._folders[0] / "cgroup.procs").split()]

    def remove(self) -> None:
        """Kill what is left in it and remove it."""
        os.close(self._events)
        for folder in self._folders:
            _remove(folder)


@dataclass(frozen=True)
class Groups:
    """A place where groups can be made; `version` is 1 or 2."""

    version: int
    memory: Path
    pids: Path

    def make(self, memory: int, processes: int) -> Group:
        """Make an empty group for so many bytes and processes; OSError where that is refused."""
        name = f"autograder-{os.getpid()}-{next(_count)}"
        folders = tuple(dict.fromkeys((self.memory / name, self.pids / name)))
        limit = str(memory + _ROOM)
        made = []
        try:
            for folder in folders:
                folder.mkdir()
                made.append(folder)
            (folders[-1] / "pids.max").write_text(str(processes))
            if self.version == 1:
                (folders[0] / "memory.limit_in_bytes").write_text(limit)
                _write_if_there(folders[0] / "memory.memsw.limit_in_bytes", limit)
                return Group(folders, folders[0] / "memory.oom_control")
            (folders[0] / "memory.max").write_text(limit)
            _write_if_there(folders[0] / "memory.swap.max", "0")
            _write_if_there(folders[0] / "memory.oom.group", "1")
            return Group(folders, folders[0] / "memory.events")
        except OSError:
            for folder in made:
                _remove(folder)
            raise

    def remove_stale(self) -> None:
        """Remove the groups of graders that are gone."""
        for folder in (self.memory, self.pids):
            with contextlib.suppress(OSError):
                for group in folder.iterdir():
                    name = _NAME.fullmatch(group.name)
                    if name and not Path("/proc", name[1]).exists():
                        with contextlib.suppress(OSError):
                            group.rmdir()


@cache
def find() -> Groups:
    """Return where groups for sessions can be made; what graders left there is removed.

    Raises SandboxError, saying why, where there is no such place.
    """
    reasons = []
    for look in (_version_2, _version_1):
        try:
            groups = look()
            groups.remove_stale()
            groups.make(1 << 20, 1).remove()
        except SandboxError as error:
            reasons.append(str(error))
        except OSError as error:
            reasons.append(
                f"{error.filename or 'a group'} cannot be made or used: {error.strerror}"
            )
        else:
            return groups
    raise SandboxError("; ".join(dict.fromkeys(reasons)))


def make(memory: int, processes: int) -> Group | None:
    """Return a group for so many bytes and processes, None where there can be none."""
    try:
        return find().make(memory, processes)
    except (SandboxError, OSError):
        return None


def why_not() -> str | None:
    """Return why sessions have no group of their own here, None when they have."""
    try:
        find()
    except SandboxError as error:
        return str(error)
    return None


def described() -> str:
    """Return which groups are used, in words, or what is done instead."""
    try:
        groups = find()
    except SandboxError:
        return "none: memory is watched"
    return f"version {groups.version}, in {groups.memory}"


def _version_1(root: Path = Path("/")) -> Groups:
    own = _own_groups(root)
    return Groups(1, *(_existing(own, name, root) for name in ("memory", "pids")))


def _version_2(root: Path = Path("/")) -> Groups:
    folder = _existing(_own_groups(root), "", root)
    if folder.name == _LEAF:  # another grader of ours was here first
        folder = folder.parent
    wanted = {"memory", "pids"}
    missing = wanted - set((folder / "cgroup.controllers").read_text().split())
    if missing:
        raise SandboxError(f"cgroup v2 has no {' or '.join(sorted(missing))} controller here")
    if not wanted <= set((folder / "cgroup.subtree_control").read_text().split()):
        # Only the root of all has no type, and may have processes beside groups with limits.
        if (folder / "cgroup.type").exists():
            _make_room(folder, root)
        (folder / "cgroup.subtree_control").write_text("+memory +pids")
    return Groups(2, folder, folder)


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


def _own_groups(root: Path) -> dict[str, str]:
    """Return our group in each hierarchy, by controller; version 2's has no name."""
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        raise SandboxError("the kernel has no cgroups") from None
    own = {}
    for line in lines:
        _, controllers, path = line.split(":", 2)
        own.update(dict.fromkeys(controllers.split(","), path))
    return own


def _existing(own: dict[str, str], controller: str, root: Path) -> Path:
    """Return the folder of our own group for `controller`."""
    version = f"cgroup v{1 if controller else 2}"
    if controller in own:
        for line in (root / "proc/self/mountinfo").read_text().splitlines():
            before, _, after = line.partition(" - ")
            kind, _, options = after.split(" ", 2)
            top, mounted = before.split()[3:5]
            if kind != ("cgroup" if controller else "cgroup2"):
                continue
            if controller and controller not in options.split(","):
                continue
            with contextlib.suppress(ValueError):
                return root / mounted.lstrip("/") / Path(own[controller]).relative_to(top)
    raise SandboxError(
        f"{version} has no {controller} hierarchy" if controller else f"no {version}"
    )


def _remove(folder: Path) -> None:
    deadline = time.monotonic() + _FAREWELL_SECONDS
    while time.monotonic() < deadline:
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            for pid in map(int, _read(folder / "cgroup.procs").split()):
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.002)
        else:
            return
    # Whatever holds it: the next grader that starts here tries again.


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _write_if_there(path: Path, text: str) -> None:
    if path.exists():
        path.write_text(text)
