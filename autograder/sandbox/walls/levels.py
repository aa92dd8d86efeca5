"""Finding out, by trying, which level of walls this machine has.

bubblewrap    around the zygote: namespaces of its own, with no other process, no network and
              no file but the interpreter's; in it, every session behind the next level
landlock      Landlock, seccomp, resource limits, a uid or user namespace of its own
none          resource limits only; never chosen unless typed out

At each of the first two, a cgroup for every session where the machine lets us make one.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from autograder.errors import SandboxError
from autograder.sandbox.walls import bubblewrap, cgroups, filesystem, identity, landlock, seccomp
from autograder.sandbox.walls.paths import readable_system
from autograder.sandbox.walls.raising import Level

LEVELS: tuple[Level, ...] = ("bubblewrap", "landlock", "none")


@dataclass(frozen=True)
class Wall:
    """One wall of a level: whether it stands here, which one or why not, and how to get it."""

    level: Level
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
    missing = [reason for reason in (landlock.why_not(), seccomp.why_not()) if reason]
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
    """Return every wall there can be, the strongest level first, and what this machine has."""
    version = bubblewrap.version()
    no_bwrap = None if version else "not installed"
    remedy = bubblewrap.remedy()
    own = "user, pid, mount, network, ipc, uts and cgroup of its own"
    newer = "Linux 5.13 or newer, with landlock among its lsm="
    abi = f"version {landlock.abi()}"
    if not landlock.scopes_signals():
        abi += ", too old to keep signals in: seccomp and the uid do"
    no_uid, no_user = identity.why_no_own_uid(), identity.why_no_user_namespace()
    without = "sessions without a uid of their own"
    no_cgroup = cgroups.why_not()
    cgroup = "" if no_cgroup else f"version 2, in {cgroups.find()}"
    watched = "a watchdog instead; with cgroup v2: `systemd-run --user --scope -p Delegate=yes …`"
    on_disk = "a watchdog instead; it needs root's right to mount, or user namespaces"
    return (
        _wall("bubblewrap", "bwrap", no_bwrap, f"version {version}", remedy),
        _wall("bubblewrap", "namespaces", _no_bubblewrap(), own, remedy if version else ""),
        _wall("landlock", "Landlock", landlock.why_not(), abi, newer),
        _wall("landlock", "seccomp", seccomp.why_not(), "by libseccomp", "`pip install pyseccomp`"),
        _wall("landlock", "no_new_privs", None, "no program gains rights by being set-uid"),
        _wall("landlock", "own uid", no_uid, "one for each session", "a user namespace instead"),
        _wall(
            "landlock",
            "user namespace",
            no_user,
            f"for {without}",
            f"{without} start no programs",
        ),
        _wall("landlock", "file system", filesystem.why_not(), "a tmpfs for each session", on_disk),
        _wall("landlock", "cgroup", no_cgroup, cgroup, watched),
    )


def _wall(level: Level, name: str, reason: str | None, detail: str, remedy: str = "") -> Wall:
    return Wall(level, name, reason is None, reason or detail, remedy if reason else "")


def _no_bubblewrap() -> str | None:
    if sys.platform != "linux":
        return "it needs Linux"
    return bubblewrap.why_not(readable_system())
