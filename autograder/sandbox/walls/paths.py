"""Paths that sessions may read: the system's programs, this Python, and what it has loaded."""

from __future__ import annotations

import os
import stat
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import SandboxError

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


def readable_system() -> tuple[Path, ...]:
    """Return what every session may read: the system's programs and this Python.

    Folders of `sys.path` are left out, but for those of Python itself: a course may be on it.
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


def loaded_modules() -> list[Path]:
    """Return the files of all modules that this process has imported."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return [Path(file) for file in files if isinstance(file, str)]


def loaded_libraries(readable: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return shared libraries that are in use and lie nowhere a session may read yet."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    files = {Path(line.split(maxsplit=5)[5]) for line in lines if ".so" in line and " /" in line}
    roots = [path.resolve() for path in readable]
    return tuple(
        file for file in sorted(files) if not any(file.is_relative_to(root) for root in roots)
    )


def others_can_read(paths: Iterable[Path]) -> bool:
    """Return whether a user without any rights of ours could read each path that exists."""
    found = {path.resolve() for path in paths if path.exists()}
    folders = {parent for path in found for parent in path.parents}
    folders |= {path for path in found if path.is_dir()}
    return all(path.stat().st_mode & stat.S_IROTH for path in found) and all(
        folder.stat().st_mode & stat.S_IXOTH for folder in folders
    )


def _topmost(paths: Iterable[Path]) -> list[Path]:
    """Return the paths without those that lie in another."""
    chosen: list[Path] = []
    for path in sorted({path.resolve() for path in paths}, key=lambda p: len(p.parts)):
        if path == Path("/"):
            raise SandboxError("this Python is installed in /: sessions would see everything")
        if not any(path.is_relative_to(other) for other in chosen):
            chosen.append(path)
    return chosen
