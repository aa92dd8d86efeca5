"""Landlock: a process gives up, by itself, the files, sockets and signals that it may touch.

https://docs.kernel.org/userspace-api/landlock.html. Every right and scope that the kernel
knows is taken away; rules give back reading, or writing, below single paths.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
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


def rules(readable: Iterable[Path], usable: Iterable[Path], writable: Path) -> int:
    """Return the descriptor of rules for `enforce`, which give back what stays allowed.

    Args:
        readable: files and folders to read and execute; those that do not exist are skipped.
        usable: single files to read and write, such as `/dev/null`.
        writable: a folder in which everything is allowed but device files.

    Raises SandboxError where the kernel has no Landlock or refuses a rule.
    """
    reason = why_not()
    if reason:
        raise SandboxError(reason)
    version = min(abi(), _NEWEST)
    files = (1 << _FILE_RIGHTS[version]) - 1
    network = _ALL_NETWORK if version >= _NETWORK_SINCE else 0
    scopes = _ALL_SCOPES if version >= _SCOPES_SINCE else 0
    # An older kernel knows a shorter structure, and takes a longer one that ends in zeros.
    handled = struct.pack("=QQQ", files, network, scopes)
    ruleset = _call(_CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), 0)
    if ruleset < 0:
        raise SandboxError(f"Landlock: {os.strerror(ctypes.get_errno())}")
    for path in readable:
        _allow(ruleset, path, _READ)
    for path in usable:
        _allow(ruleset, path, files & (_READ_FILE | _WRITE_FILE | _TRUNCATE))
    _allow(ruleset, writable, files & ~_MAKE_DEVICES & ~_IOCTL_DEV)
    return ruleset


def enforce(ruleset: int) -> None:
    """Give up, irrevocably, every right that no rule gives; needs no_new_privs."""
    if _call(_RESTRICT_SELF, ruleset, 0) != 0:
        raise SandboxError(f"Landlock: {os.strerror(ctypes.get_errno())}")
    os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= _ON_FILES
        rule = struct.pack("=Qi", rights, fd)
        if _call(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0) != 0:
            reason = os.strerror(ctypes.get_errno())
            raise SandboxError(f"Landlock: no rule for {path}: {reason}")
    finally:
        os.close(fd)


def _call(number: int, *args: object) -> int:
    return int(_libc.syscall(number, *args))
