"""Which rung of the walls this machine has: found out by trying, and explained."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from autograder.errors import SandboxError
from autograder.sandbox.walls import bubblewrap, cgroups, landlock, privileges, seccomp
from autograder.sandbox.walls.raising import Level, readable_system

LEVELS: tuple[Level, ...] = ("bubblewrap", "landlock", "none")
_USERNS_PROBE = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(0x10000000) != 0:
    sys.exit(os.strerror(ctypes.get_errno()))
"""


@dataclass(frozen=True)
class Wall:
    """One wall of a rung: whether it stands here, which one or why not, and how to get it."""

    rung: Level
    name: str
    stands: bool
    detail: str
    remedy: str = ""


def choose_level(wish: str = "auto") -> Level:
    """Return the level to mark at: `wish`, or the strongest that works on this machine.

    Raises SandboxError, saying how to get it, when there is none or not the one asked for.
    """
    if wish == "none":
        return "none"
    if wish not in ("auto", *LEVELS):
        raise SandboxError(f"unknown sandbox {wish!r}: auto, {', '.join(LEVELS[:-1])} or none")
    missing = [reason for reason in (_no_landlock(), _no_seccomp()) if reason]
    if missing:
        raise SandboxError(
            "nothing here can hold students' code: "
            + "; ".join(missing)
            + ". To run it without walls all the same, say so: --sandbox none"
        )
    if wish == "landlock":
        return "landlock"
    reason = _no_bubblewrap()
    if reason is None:
        return "bubblewrap"
    if wish == "bubblewrap":
        raise SandboxError(f"bubblewrap does not work here: {reason}; {bubblewrap.remedy()}")
    return "landlock"


def probe() -> tuple[Wall, ...]:
    """Return every wall there can be, the strongest rung first, and what this machine has."""
    version, reason = bubblewrap.version(), _no_bubblewrap()
    scoped = landlock.scopes_signals(landlock.abi())
    signals = "" if scoped else ", too old to keep signals in: seccomp and the uid do"
    watched = "a watchdog instead; to get one: `systemd-run --user --scope -p Delegate=yes …`"
    return (
        _wall(
            "bubblewrap",
            "bwrap",
            None if version else "not installed",
            f"version {version}",
            bubblewrap.remedy(),
        ),
        _wall(
            "bubblewrap",
            "namespaces",
            reason,
            "user, pid, mount, network, ipc, uts and cgroup of its own",
            bubblewrap.remedy() if version else "",
        ),
        _wall(
            "landlock",
            "Landlock",
            _no_landlock(),
            f"version {landlock.abi()}{signals}",
            "Linux 5.13 or newer, with landlock among its lsm=",
        ),
        _wall("landlock", "seccomp", _no_seccomp(), "by libseccomp", "`pip install pyseccomp`"),
        _wall("landlock", "no_new_privs", None, "no program gains rights by being set-uid"),
        _wall(
            "landlock", "own uid", _no_own_uid(), "one for each session", "a user namespace instead"
        ),
        _wall(
            "landlock",
            "user namespace",
            _no_user_namespace(),
            "for sessions without a uid of their own",
            "sessions without a uid of their own start no programs",
        ),
        _wall("landlock", "cgroup", cgroups.why_not(), cgroups.described(), watched),
    )


def _wall(
    rung: Level,
    name: str,
    reason: str | None,
    detail: str,
    remedy: str = "",
) -> Wall:
    return Wall(rung, name, reason is None, reason or detail, remedy if reason else "")


def _no_bubblewrap() -> str | None:
    if sys.platform != "linux":
        return "it needs Linux"
    return bubblewrap.why_not(readable_system())


def _no_landlock() -> str | None:
    if sys.platform != "linux":
        return "Landlock needs Linux"
    if landlock.abi():
        return None
    return "the kernel has no Landlock (it needs Linux 5.13, with landlock among its lsm=)"


def _no_seccomp() -> str | None:
    try:
        seccomp.library()
    except SandboxError as error:
        return str(error)
    return None


def _no_own_uid() -> str | None:
    if os.geteuid() != 0:
        return "only root can give each session one"
    try:
        privileges.own_uid(os.getpid())
    except SandboxError as error:
        return str(error)
    return None


@cache
def _no_user_namespace() -> str | None:
    command = [sys.executable, "-I", "-S", "-c", _USERNS_PROBE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else None
