"""Starting the zygote's process: a fresh interpreter that learns nothing of the grader's."""

from __future__ import annotations

import json
import os
import site
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.errors import SandboxError
from autograder.sandbox.session.forkserver import remove_folder
from autograder.sandbox.walls import bubblewrap
from autograder.sandbox.walls.paths import names_of_python, readable_system
from autograder.sandbox.walls.raising import Level

_START_SECONDS = 120.0
# The package is loaded by its place, so that the folder it lies in, perhaps a course's,
# is never on a session's path. -P and -s keep everything else off it; -I would too, but then
# Python hashes strings differently every time and no verdict could be repeated.
_START = """
import importlib.util, sys
fd, package = int(sys.argv[1]), sys.argv[2]
spec = importlib.util.spec_from_file_location(
    "autograder", package + "/__init__.py", submodule_search_locations=[package])
module = sys.modules["autograder"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
from autograder.sandbox.session.forkserver import main
main(fd)
"""
# Waits until the other end of its stdin is closed. Processes in the folder may need a moment to
# end, and may have left folders that cannot be entered.
_CLEANER = """
read -r _
for _ in 1 2 3 4 5 6 7 8 9 10; do
    test -e "$1" || exit 0
    rm -rf -- "$1" && exit 0
    chmod -R u+rwx -- "$1"
    sleep 0.5
done
"""
_KEPT_VARIABLES = ("LD_LIBRARY_PATH", "TZ")


class ForkServer:
    """Starts the zygote's process, holds its folder and its control socket, and ends it.

    At the `level` "bubblewrap" it ends with the thread that made it. `settings` are for
    `forkserver.main`; `places` say where sessions see folders of data. `inherited` are the bytes
    that a session has from it, to write to, before it does anything. `no_mounts` says why its
    sessions have no file system of their own, None where they have. Raises SandboxError, with what
    it said, where it could not start.
    """

    def __init__(
        self, level: Level, settings: Mapping[str, Any], places: Mapping[Path, Path]
    ) -> None:
        self._lock = threading.Lock()
        self.base = Path(tempfile.mkdtemp(prefix="autograder-")).resolve()
        # Sessions with a uid of their own have to get through to their folder in it.
        self.base.chmod(0o711)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(_START_SECONDS)
        # A process inside bubblewrap cannot remove the folder that it is shown.
        self._cleaner = _start_cleaner(self.base) if level == "bubblewrap" else None
        self.process: subprocess.Popen[bytes] | None = None
        with tempfile.TemporaryFile() as errors, theirs:
            try:
                self.process = _start(level, self.base, places, theirs.fileno(), errors.fileno())
                theirs.close()
                first = {**settings, "level": level, "base": str(self.base), "paths": user_site()}
                ready, _ = self.ask(first)
                self.identity, self.inherited = ready["identity"], int(ready["inherited"])
                self.no_mounts: str | None = ready["no_mounts"]
            except SandboxError as error:
                self.close()
                errors.seek(0)
                said = errors.read().decode("utf-8", "replace").strip()[-2000:]
                raise SandboxError(f"{error}\n{said}" if said else str(error)) from None
            except BaseException:
                self.close()
                raise

    def ask(
        self, request: Mapping[str, Any], fd: int | None = None
    ) -> tuple[dict[str, Any], int | None]:
        """Send `request`, and perhaps an open file; return the answer, and a file with it."""
        raw = json.dumps(request).encode()
        with self._lock:
            try:
                if fd is None:
                    self._control.send(raw, socket.MSG_NOSIGNAL)
                else:
                    socket.send_fds(self._control, [raw], [fd], socket.MSG_NOSIGNAL)
                answer, fds, _, _ = socket.recv_fds(
                    self._control, 1 << 16, 1, socket.MSG_CMSG_CLOEXEC
                )
            except BaseException as error:
                # An answer that came later would be taken for that of the next request.
                self._control.close()
                if isinstance(error, OSError):
                    raise SandboxError(f"the zygote does not answer: {error}") from None
                raise
        if not answer:
            raise SandboxError("the zygote ended")
        reply: dict[str, Any] = json.loads(answer)
        if "error" in reply:
            raise SandboxError(reply["error"])
        return reply, (fds[0] if fds else None)

    def close(self) -> None:
        """End it and remove its folder."""
        self._control.close()
        if self.process is not None:
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        remove_folder(self.base)
        if self._cleaner is not None:
            self._cleaner.communicate()


def _start(
    level: Level, base: Path, places: Mapping[Path, Path], control: int, errors: int
) -> subprocess.Popen[bytes]:
    package = str(Path(__file__).parents[2])
    home = base / "zygote"
    home.mkdir(mode=0o700)
    command = [sys.executable, "-s", "-P", "-c", _START, str(control), package]
    if level == "bubblewrap":
        readable = (*readable_system(), *map(Path, user_site()))
        return bubblewrap.start(
            command,
            bubblewrap.View(readable, base, places, names_of_python(), mounts=True),
            environment=_environment(home),
            folder=home,
            errors=errors,
            pass_fds=[control],
        )
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        env=_environment(home),
        cwd=home,
        pass_fds=[control],
        start_new_session=True,
    )


def _start_cleaner(folder: Path) -> subprocess.Popen[bytes]:
    """Start what removes `folder` when this process has ended, however that came."""
    return subprocess.Popen(
        ["/bin/sh", "-c", _CLEANER, "cleaner", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin"},
        cwd="/",
        start_new_session=True,
    )


def places_of_data(level: Level, folders: tuple[Path, ...]) -> dict[Path, Path]:
    """Return where sessions of this level see each of `folders`: behind bubblewrap, elsewhere.

    There the folder around it, the course, does not exist.
    """
    if level != "bubblewrap":
        return {folder: folder for folder in folders}
    return {folder: Path(f"/run/autograder/{number}") for number, folder in enumerate(folders)}


def user_site() -> list[str]:
    """Return the user's own site-packages when the grader uses them: -s leaves them out."""
    folder = site.getusersitepackages() if site.ENABLE_USER_SITE else None
    return [folder] if folder and Path(folder).is_dir() else []


def _environment(home: Path) -> dict[str, str]:
    """Return all that a session learns of the grader's environment, and one thread each."""
    folders = [str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]
    threads = ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM")
    return {
        "PATH": ":".join(folders),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "HOME": str(home),
        "TMPDIR": str(home),
        "MPLCONFIGDIR": str(home),
        "IPYTHONDIR": str(home / ".ipython"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "USER": "student",
        "LOGNAME": "student",
        "PYTHONHASHSEED": "0",
        "PYTHONBREAKPOINT": "0",
        "NBGRADER_EXECUTION": "autograde",  # as nbgrader tells a notebook that it marks
        "CUDA_VISIBLE_DEVICES": "",
        **{f"{name}_NUM_THREADS": "1" for name in threads},
        **{name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
    }
