"""Landlock: a process gives up, by itself, the files, sockets and signals that it may touch.

https://docs.kernel.org/userspace-api/landlock.html. Every right and scope that the kernel
knows is taken away; rules give back reading, or writing, below single paths.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import SandboxError

_CREATE_RULESET = 444
_ADD_RULE = 445
_RESTRICT_SELF = 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1

_EXECUTE = 1 << 0
_WRITE_FILE = 1 << 1
_READ_FILE = 1 << 2
_READ_DIR = 1 << 3
_TRUNCATE = 1 << 14
_IOCTL_DEV = 1 << 15

_READ = _EXECUTE | _READ_FILE | _READ_DIR
_MAKE_DEVICES = 1 << 6 | 1 << 11
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
# How many file-system rights each version of the ABI knows.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16, 6: 16}
_NEWEST = max(_FILE_RIGHTS)
_NETWORK_SINCE = 4
_SCOPES_SINCE = 6
_ALL_NETWORK = _ALL_SCOPES = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


_libc = ctypes.CDLL(None, use_errno=True)


def abi() -> int:
    """Return the version of Landlock that the kernel offers, 0 for none."""
    return max(0, _call(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG))


def scopes_signals() -> bool:
    """Return whether Landlock keeps signals and abstract sockets inside here."""
    return abi() >= _SCOPES_SINCE


def why_not() -> str | None:
    """Return why there is no Landlock here, None when there is."""
    if sys.platform != "linux":
        return "Landlock needs Linux"
    if abi():
        return None
    return "the kernel has no Landlock (it needs Linux 5.13, with landlock among its lsm=)"


class Rules:
    """A set of rules in the making; `enforce` puts the calling process behind them for good."""

    def __init__(self) -> None:
        reason = why_not()
        if reason:
            raise SandboxError(reason)
        version = min(abi(), _NEWEST)
        self._files = (1 << _FILE_RIGHTS[version]) - 1
        # An older kernel refuses a structure longer than the one it knows.
        size = 8
        ruleset = _Ruleset(handled_access_fs=self._files)
        if version >= _NETWORK_SINCE:
            ruleset.handled_access_net, size = _ALL_NETWORK, 16
        if version >= _SCOPES_SINCE:
            ruleset.scoped, size = _ALL_SCOPES, 24
        self._fd = _call(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
        if self._fd < 0:
            raise SandboxError(f"Landlock: {os.strerror(ctypes.get_errno())}")

    def may_read(self, paths: Iterable[Path]) -> None:
        """Allow to read and execute below each path that exists."""
        for path in paths:
            self._allow(path, _READ)

    def may_use(self, devices: Iterable[Path]) -> None:
        """Allow to read and write single files, such as `/dev/null`."""
        for device in devices:
            self._allow(device, _READ_FILE | _WRITE_FILE | _TRUNCATE)

    def may_write(self, folder: Path) -> None:
        """Allow everything below `folder` but device files."""
        self._allow(folder, self._files & ~_MAKE_DEVICES & ~_IOCTL_DEV)

    def enforce(self) -> None:
        """Give up, irrevocably, every right that no rule gives; needs no_new_privs."""
        if _call(_RESTRICT_SELF, self._fd, 0) != 0:
            raise SandboxError(f"Landlock: {os.strerror(ctypes.get_errno())}")
        os.close(self._fd)

    def _allow(self, path: Path, rights: int) -> None:
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        try:
            rights &= self._files
            if not stat.S_ISDIR(os.fstat(fd).st_mode):
                rights &= _ON_FILES
            rule = _PathBeneath(rights, fd)
            if _call(_ADD_RULE, self._fd, _PATH_BENEATH, ctypes.byref(rule), 0) != 0:
                reason = os.strerror(ctypes.get_errno())
                raise SandboxError(f"Landlock: no rule for {path}: {reason}")
        finally:
            os.close(fd)


def _call(number: int, *args: object) -> int:
    return int(_libc.syscall(number, *args))
