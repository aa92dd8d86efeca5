"""The identity of a session: its uid or user namespace, its capabilities, its parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Literal

from autograder.errors import SandboxError

# own-uid: a uid of the session alone. user-namespace: the grader's uid, but processes are counted
# apart. shared-uid: the grader's uid, and no new processes.
Identity = Literal["own-uid", "user-namespace", "shared-uid"]

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_KEEPCAPS = 8
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAP_DAC_READ_SEARCH = 2
_CAP_VERSION_3 = 0x20080522
_CLONE_NEWUSER = 0x10000000
# Above what systemd hands out to users and containers.
_FIRST_UID = 0x70000000
# Above those again: a block for each bubblewrap, by its pid.
_BLOCKS_FROM = 0x71000000
_BLOCK = 1 << 16
_BLOCKS = 3840
# Where a container has only some uids: the last of them, in a few blocks.
_SPARE = 10_000
_FEW_BLOCKS = 10

_TRIAL = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(0x10000000) != 0:
    sys.exit(os.strerror(ctypes.get_errno()))
"""

_libc = ctypes.CDLL(None, use_errno=True)


def candidates() -> tuple[Identity, ...]:
    """Return the identities worth trying, best first."""
    if os.geteuid() == 0:
        return ("own-uid", "user-namespace", "shared-uid")
    return ("user-namespace", "shared-uid")


def why_no_own_uid() -> str | None:
    """Return why sessions cannot have a uid of their own here, None when they can."""
    if os.geteuid() != 0:
        return "only root can give each session one"
    try:
        own_uid(os.getpid())
    except SandboxError as error:
        return str(error)
    return None


@cache
def why_no_user_namespace() -> str | None:
    """Return why a process cannot enter a user namespace here, None when one has."""
    command = [sys.executable, "-I", "-S", "-c", _TRIAL]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else None


def own_uid(pid: int) -> int:
    """Return a uid for the session `pid` that no user and no other session has.

    Raises SandboxError where the user namespace we live in has none to spare.
    """
    ranges = _mapped("uid")
    for first, count in ranges:
        if first <= _FIRST_UID < first + count:
            return _FIRST_UID + pid % (first + count - _FIRST_UID)
    first, count = _spare(ranges)
    return first + pid % count


def maps_with_spare_uids(pid: int) -> tuple[str, str]:
    """Return a map of uids and one of gids for a user namespace whose first process is `pid`.

    This machine's users keep theirs. The uids that `own_uid` hands out in there are, outside,
    uids that no user and no session of another such namespace has.

    Raises SandboxError where the user namespace we live in has none to spare.
    """
    ranges = _mapped("uid")
    block, count = _BLOCKS_FROM + pid % _BLOCKS * _BLOCK, _BLOCK
    if not any(first <= block < block + count <= first + size for first, size in ranges):
        block, spare = _spare(ranges)
        count = spare // _FEW_BLOCKS
        block += pid % _FEW_BLOCKS * count
    return _map(ranges, block, count), _map(_mapped("gid"), block, count)


def _map(ranges: list[tuple[int, int]], block: int, count: int) -> str:
    lines = [f"{_FIRST_UID} {block} {count}"]
    for first, size in ranges:
        size = min(size, min(block, _FIRST_UID) - first)
        if size > 0:
            lines.append(f"{first} {first} {size}")
    return "\n".join(lines) + "\n"


def _mapped(kind: str) -> list[tuple[int, int]]:
    """Return the ranges of uids or gids that exist in our user namespace: first, count."""
    lines = Path(f"/proc/self/{kind}_map").read_text().splitlines()
    return [(int(first), int(count)) for first, _, count in map(str.split, lines)]


def _spare(ranges: list[tuple[int, int]]) -> tuple[int, int]:
    first, count = max(ranges, key=lambda r: r[1])
    if count < 20_000:
        raise SandboxError("this user namespace has no uids to spare")
    return first + count - _SPARE, _SPARE


def switch_to(uid: int, *, read_everything: bool) -> None:
    """Turn from root into `uid`, a user without any group or capability.

    `read_everything` keeps the one that lets it read what file permissions hide, for a
    Python that only root can reach; Landlock decides what that is.
    """
    kept = {_CAP_DAC_READ_SEARCH} if read_everything else set()
    os.setgroups([])
    _drop_bounding(kept)
    _prctl(_PR_SET_KEEPCAPS, 1)
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    _set_capabilities(kept)
    if read_everything:
        # So that programs it starts have it too.
        _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_READ_SEARCH)
    # A change of uid makes a process's own /proc files root's.
    _prctl(_PR_SET_DUMPABLE, 1)


def enter_user_namespace() -> None:
    """Count processes apart from the user's others, and hold no capability there either."""
    uid, gid = os.geteuid(), os.getegid()
    if _libc.unshare(_CLONE_NEWUSER) != 0:
        reason = os.strerror(ctypes.get_errno())
        raise SandboxError(f"user namespaces are not available: {reason}")
    try:
        map_own_ids(uid, gid)
    except OSError as error:
        raise SandboxError(f"user namespaces are not available: {error}") from None
    drop_capabilities()


def map_own_ids(uid: int, gid: int) -> None:
    """Be, in a user namespace entered a moment ago, the same user as outside; may raise OSError."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def drop_capabilities() -> None:
    """Give up every capability, and getting any by starting a program."""
    _drop_bounding(set())
    _set_capabilities(set())


def forbid_new_privileges() -> None:
    """Let no program started from here gain rights by being set-uid."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent(parent: int) -> None:
    """Be killed when the process that forked us ends; a change of uid would undo it."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, *values: int) -> None:
    padded = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    if _libc.prctl(option, *padded) != 0:
        raise SandboxError(f"prctl({option}): {os.strerror(ctypes.get_errno())}")


def _drop_bounding(kept: set[int]) -> None:
    """Take away, for good and for every program started, the capabilities not in `kept`."""
    for capability in range(64):
        if capability not in kept and _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break  # the last one that this kernel knows was the one before


def _set_capabilities(kept: set[int]) -> None:
    mask = sum(1 << capability for capability in kept)
    header = (ctypes.c_uint32 * 2)(_CAP_VERSION_3, 0)
    # Effective, permitted and inheritable; then those above 31.
    sets = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    if _libc.capset(header, sets) != 0:
        raise SandboxError(f"capset: {os.strerror(ctypes.get_errno())}")
