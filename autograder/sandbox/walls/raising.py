"""Raising the walls of a session in its own process, and trying them in one that is thrown away."""

from __future__ import annotations

import os
import resource
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from autograder.errors import SandboxError
from autograder.sandbox.walls import identity, landlock, seccomp
from autograder.sandbox.walls.identity import Identity
from autograder.sandbox.walls.paths import DEVICES

# The levels of walls: see `levels`.
Level = Literal["bubblewrap", "landlock", "none"]


@dataclass(frozen=True)
class Plan:
    """The walls of one session: its own folder, what it may read besides, its limits."""

    level: Level
    identity: Identity
    readable: tuple[Path, ...]
    home: Path
    memory_mb: int
    processes: int
    files_mb: int
    cpu_seconds: int
    read_everything: bool


# What libraries read of their own process. `net` and `task` would show the host's network.
_OWN_ENTRIES = (
    "auxv", "cgroup", "cmdline", "comm", "environ", "fd", "fdinfo", "limits", "maps", "schedstat",
    "smaps", "smaps_rollup", "stat", "statm", "status",
)  # fmt: skip


def raise_walls(plan: Plan, parent: int) -> None:
    """Put the calling process, a fresh fork of `parent`, behind the walls of `plan` for good."""
    _limit_resources(plan)
    if plan.level == "none":
        identity.die_with_parent(parent)
        return
    # Opens what may be read while we may still reach it.
    own = [Path(f"/proc/{os.getpid()}", name) for name in _OWN_ENTRIES]
    rules = landlock.rules((*plan.readable, *own), DEVICES, plan.home)
    match plan.identity:
        case "own-uid":
            uid = identity.own_uid(os.getpid())
            os.chown(plan.home, uid, uid)
            identity.switch_to(uid, read_everything=plan.read_everything)
        case "user-namespace":
            identity.enter_user_namespace()
        case "shared-uid":
            identity.drop_capabilities()
    if plan.identity != "shared-uid":
        # Of this uid, or of this user namespace, threads among them.
        _limit(resource.RLIMIT_NPROC, plan.processes)
    identity.forbid_new_privileges()
    landlock.enforce(rules)
    identity.die_with_parent(parent)
    seccomp.enforce(_program(plan.identity))


def _limit_resources(plan: Plan) -> None:
    """Limit each process: its address space on top of what is mapped now, files, CPU time."""
    # When the machine is out of memory, sessions are ended before others.
    Path("/proc/self/oom_score_adj").write_text("1000")
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + (plan.memory_mb << 20))
    _limit(resource.RLIMIT_FSIZE, plan.files_mb << 20)
    _limit(resource.RLIMIT_NOFILE, 256)
    _limit(resource.RLIMIT_CORE, 0)
    # In case no grader is left to stop it by the clock.
    _limit(resource.RLIMIT_CPU, plan.cpu_seconds)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _program(identity: Identity) -> bytes:
    return seccomp.program(identity, scoped=landlock.scopes_signals())


def find_identity(plan: Plan) -> Identity:
    """Return the best identity whose walls hold when a throw-away process tries them.

    Raises SandboxError when none does.
    """
    reasons = []
    for candidate in identity.candidates():
        _program(candidate)  # made here, for all sessions to come
        reason = _try(replace(plan, identity=candidate))
        if reason is None:
            return candidate
        reasons.append(f"{candidate}: {reason}")
    raise SandboxError("the walls do not hold here: " + "; ".join(reasons))


def _try(plan: Plan) -> str | None:
    """Return why the walls of `plan` cannot be raised or have a hole, None when they hold."""
    reader, writer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        reason = "ended unexpectedly"
        try:
            os.close(reader)
            os.setsid()
            raise_walls(plan, parent)
            reason = _hole(plan)
        except BaseException as error:
            reason = str(error) or type(error).__name__
        finally:
            os.write(writer, reason.encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        reason = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if status and not reason:
        return f"the trial process ended with status {status}"
    return reason or None


def _hole(plan: Plan) -> str:
    """Return the first wall that does not hold, or thing that should work and does not."""
    forbidden: dict[str, Callable[[], object]] = {
        "the root folder can be listed": lambda: list(Path("/").iterdir()),
        "another process can be looked into": lambda: Path("/proc/1/status").read_text(),
        "files can be written outside": lambda: plan.home.with_name("hole").write_text(""),
        "sockets can be opened": lambda: socket.socket().close(),
    }
    for hole, attempt in forbidden.items():
        try:
            attempt()
        except PermissionError:
            continue
        except OSError as error:
            return f"{hole[:-1]}: {error}"
        return hole
    (plan.home / "trial").write_text("")
    (plan.home / "trial").unlink()
    Path(os.__file__).read_bytes()
    if plan.identity != "shared-uid":
        return _process_hole(plan.processes)
    return ""


def _process_hole(limit: int) -> str:
    """Say when one process more cannot be started, or more than `limit` can."""
    children = []
    # Not ended by a signal, which on an older kernel no process but this one may be sent.
    reader, writer = os.pipe()
    try:
        for _ in range(limit):
            child = os.fork()
            if child == 0:
                os.close(writer)
                os.read(reader, 1)
                os._exit(0)
            children.append(child)
    except OSError as error:
        return "" if children else f"processes cannot be started: {error}"
    finally:
        os.close(writer)
        for child in children:
            os.waitpid(child, 0)
        os.close(reader)
    return "more processes can be started than allowed"
