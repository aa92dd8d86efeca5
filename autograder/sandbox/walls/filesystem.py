"""A file system for each session, of the size that a course allows.

It is a tmpfs that the zygote mounts over the session's folder, where nobody but the zygote and
its sessions sees it. What a session writes, however fast and wherever it hides it, takes room from
nobody else, and goes with the mount. Where mounting is refused, sessions write to the disk and are
watched (`watch`).
"""

from __future__ import annotations

import ctypes
import os
import struct
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.errors import NoRoomError
from autograder.sandbox.walls.identity import map_own_ids

MAX_FILES = 20_000
# A session that has more than it may is ended, and the file system has to hold so much for that.
_MORE_BYTES = 1 << 20
_MORE_FILES = 100

_CLONE_NEWNS = 0x20000
_CLONE_NEWUSER = 0x10000000
_MS_NOSUID, _MS_NODEV, _MS_REC, _MS_SLAVE = 2, 4, 1 << 14, 1 << 19
_MNT_DETACH = 2
_MOUNT_SETATTR = 442
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_ATTR_NOATIME, _ATTR_ANY_TIME = 0x10, 0x70
_WAIT_SECONDS = 60.0

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Used:
    """What a file system holds: bytes, and files, folders and links together."""

    bytes: int
    files: int


def why_no_mounts(trial: Path) -> str | None:
    """Let the calling process mount what only it and its children see, and try it on a folder.

    Returns why that is refused, None where it works from now on. An ordinary user enters a user
    namespace for it.
    """
    try:
        if os.geteuid() == 0:
            _check(_libc.unshare(_CLONE_NEWNS))
        else:
            uid, gid = os.geteuid(), os.getegid()
            _check(_libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNS))
            map_own_ids(uid, gid)
        # What is unmounted outside has to go in here, too.
        _check(_libc.mount(None, b"/", None, ctypes.c_ulong(_MS_REC | _MS_SLAVE), None))
        _keep_no_times()
        os.close(mount(trial, 1))
        unmount(trial)
    except OSError as error:
        return str(error)
    return None


@cache
def why_not() -> str | None:
    """Return why sessions have no file system of their own here, None when one has been mounted."""
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            reason: str | None = "ended unexpectedly"
            try:
                reason = why_no_mounts(Path(name))
            finally:
                os.write(writer, (reason or "").encode())
                os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            said = pipe.read().decode()
        os.waitpid(child, 0)
    return said or None


def mount(folder: Path, size_mb: int) -> int:
    """Mount a file system of that size over `folder`; return the descriptor of what is there now.

    Raises OSError.
    """
    size = (size_mb << 20) + _MORE_BYTES
    options = f"size={size},nr_inodes={MAX_FILES + _MORE_FILES},mode=700"
    flags = ctypes.c_ulong(_MS_NOSUID | _MS_NODEV)
    _check(_libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", flags, options.encode()))
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def unmount(folder: Path) -> None:
    """Unmount what is mounted over `folder`; it goes when nothing holds it open any more."""
    _libc.umount2(os.fsencode(folder), _MNT_DETACH)


def used(descriptor: int) -> Used:
    """Return what the file system that holds an open folder has in it."""
    found = os.fstatvfs(descriptor)
    size = (found.f_blocks - found.f_bfree) * found.f_frsize
    return Used(size, found.f_files - found.f_ffree)


def free_bytes(folder: Path) -> int:
    """Return how much can be written below `folder`."""
    found = os.statvfs(folder)
    return found.f_frsize * (found.f_bfree if os.geteuid() == 0 else found.f_bavail)


def wait_for_room(folder: Path, size: int) -> None:
    """Wait until `size` bytes can be written below `folder`.

    Raises NoRoomError where nobody makes room within a minute.
    """
    deadline = time.monotonic() + _WAIT_SECONDS
    while free_bytes(folder) < size:
        if time.monotonic() > deadline:
            raise NoRoomError(
                f"{folder} has no room: a session needs {size >> 20} MiB there; make room, or set "
                "TMPDIR to a folder on a larger disk"
            )
        time.sleep(0.1)


def _keep_no_times() -> None:
    """Let no file tell when it was last read, through the mounts that are seen from here.

    Without root's rights it may be refused; behind bubblewrap all are read-only, and tell nothing.
    """
    attributes = struct.pack("=QQQQ", _ATTR_NOATIME, _ATTR_ANY_TIME, 0, 0)
    size = ctypes.c_size_t(len(attributes))
    _libc.syscall(_MOUNT_SETATTR, _AT_FDCWD, b"/", _AT_RECURSIVE, attributes, size)


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
