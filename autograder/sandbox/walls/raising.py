"""The ladder of walls, and raising those of a session.

bubblewrap    around the zygote: namespaces of its own, with no other process, no network and
              no file but the interpreter's; in it, every session behind the next rung
landlock      Landlock, seccomp, resource limits, a uid or user namespace of its own
none          resource limits only; never chosen unless typed out

Whether a rung works here is found out in `ladder`; at each, a cgroup for every session where
the machine lets us make one (`cgroups`).
"""

from __future__ import annotations

import os
import socket
import sys
import sysconfig
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from autograder.errors import SandboxError
from autograder.sandbox.walls import landlock, privileges, seccomp

Level = Literal["bubblewrap", "landlock", "none"]

_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store", "/gnu/store")
_ETC = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/mime.types",
    "/etc/magic",
    "/etc/locale.alias",
    "/etc/nsswitch.conf",
)
_KERNEL = (
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/version",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
    "/var/cache/fontconfig",
)
DEVICES = tuple(Path("/dev", name) for name in ("null", "zero", "full", "random", "urandom"))


@dataclass(frozen=True)
class Plan:
    """The walls of one session: its own folder, what it may read besides, its limits."""

    level: Level
    identity: privileges.Identity
    readable: tuple[Path, ...]
    home: Path
    memory_mb: int
    processes: int
    files_mb: int
    cpu_seconds: int
    read_everything: bool = False


def readable_system() -> tuple[Path, ...]:
    """Return what every session may read: the system's programs and this Python.

    Of `sys.path` only what Python itself lies in: a course folder may be on it too.
    """
    python = _topmost(path for path in _python() if path.is_dir())
    return (*python, *map(Path, (*_SYSTEM, *_ETC, *_KERNEL)))


def names_of_python() -> tuple[Path, ...]:
    """Return the names under which this Python is used; each may lead there by links."""
    return (Path(sys.executable), *_python())


def _python() -> list[Path]:
    paths = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    paths += [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    paths += [part for part in os.environ.get("LD_LIBRARY_PATH", "").split(":") if part]
    # The package, to show its lines in tracebacks; what lies beside it may be a course.
    paths.append(str(Path(__file__).parents[2]))
    return [Path(path) for path in paths]


def refuse_to_show(hidden: Iterable[Path], readable: Iterable[Path]) -> None:
    """Raise SandboxError when a session that may read `readable` could read a hidden path."""
    roots = [path.resolve() for path in readable]
    for path in map(Path.resolve, hidden):
        for root in roots:
            if path.is_relative_to(root):
                raise SandboxError(
                    f"{path} lies inside {root}, which students' code may read: "
                    "keep the course somewhere else"
                )


def raise_walls(plan: Plan, parent: int) -> None:
    """Put the calling process, a fresh fork of `parent`, behind the walls of `plan` for good."""
    privileges.be_the_first_to_go()
    privileges.limit_memory(plan.memory_mb)
    privileges.limit_files(plan.files_mb)
    privileges.limit_cpu(plan.cpu_seconds)
    if plan.level == "none":
        privileges.die_with_parent(parent)
        return
    rules = landlock.Rules()
    rules.may_read((*plan.readable, Path(f"/proc/{os.getpid()}")))
    rules.may_use(DEVICES)
    rules.may_write(plan.home)
    match plan.identity:
        case "own-uid":
            uid = privileges.own_uid(os.getpid())
            os.chown(plan.home, uid, uid)
            privileges.become(uid, read_everything=plan.read_everything)
        case "user-namespace":
            privileges.enter_user_namespace()
        case "shared-uid":
            privileges.hold_no_capability()
    if plan.identity != "shared-uid":
        privileges.limit_processes(plan.processes)
    privileges.give_up_new_privileges()
    rules.enforce()
    privileges.die_with_parent(parent)
    seccomp.enforce(_forbidden_calls(plan.identity))


def _forbidden_calls(identity: privileges.Identity) -> bytes:
    """Return the seccomp program for sessions of this identity."""
    version = landlock.abi()
    scoped = identity == "own-uid" or landlock.scopes_signals(version)
    return seccomp.compiled(
        processes=identity != "shared-uid",
        shared_uid=identity != "own-uid",
        signals_guarded=scoped,
        truncation_guarded=landlock.guards_truncation(version),
    )


def find_identity(plan: Plan) -> privileges.Identity:
    """Return the best identity whose walls hold when a throw-away process tries them.

    Raises SandboxError when none does.
    """
    reasons = []
    for identity in privileges.candidates():
        _forbidden_calls(identity)  # made here, for all sessions to come
        reason = _try(replace(plan, identity=identity))
        if reason is None:
            return identity
        reasons.append(f"{identity}: {reason}")
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


def _topmost(paths: Iterable[Path]) -> list[Path]:
    """Return the paths without those that lie in another."""
    chosen: list[Path] = []
    for path in sorted({path.resolve() for path in paths}, key=lambda p: len(p.parts)):
        if path == Path("/"):
            raise SandboxError("this Python is installed in /: sessions would see everything")
        if not any(path.is_relative_to(other) for other in chosen):
            chosen.append(path)
    return chosen
