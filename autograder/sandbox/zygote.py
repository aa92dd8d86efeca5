"""The grader's handles: a zygote, which forks sessions, and a session behind walls."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import site
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from autograder.course import Limits
from autograder.errors import SandboxError, SessionDiedError, SessionTimeoutError, WireError
from autograder.sandbox import walls
from autograder.sandbox.forkserver import remove_folder
from autograder.sandbox.frames import Channel
from autograder.sandbox.session import Session
from autograder.sandbox.watch import Watch
from autograder.sandbox.wire import Buffer, Json, WireLimits

DEFAULT_PRELOAD = ("numpy", "torch", "matplotlib.pyplot")
_START_SECONDS = 120.0
_HELLO_SECONDS = 30.0
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
from autograder.sandbox.forkserver import main
main(fd)
"""
_KEPT_VARIABLES = ("LD_LIBRARY_PATH", "TZ")


class Zygote:
    """A process that has imported the libraries and forks warm sessions.

        with Zygote() as zygote, zygote.session() as session:
            session.run_cell("x = 1", name="cell 1", seconds=5)

    Args:
        preload: modules to import once, for all sessions.
        level: the rung of the walls, "auto" for the strongest this machine has.
        limits: what a session may use.
        hidden: folders that no session may ever read, such as the course's.

    Raises:
        SandboxError: the walls do not exist here or the zygote cannot start.
    """

    def __init__(
        self,
        preload: Sequence[str] = DEFAULT_PRELOAD,
        level: str = "auto",
        limits: Limits | None = None,
        *,
        hidden: Iterable[Path] = (),
    ) -> None:
        self.level = walls.choose_level(level)
        self._limits = limits or Limits()
        self._hidden = [Path(path).resolve() for path in hidden]
        self._lock = threading.Lock()
        self._sessions: set[SandboxedSession] = set()
        self._count = 0
        self._base = Path(tempfile.mkdtemp(prefix="autograder-"))
        # Sessions with a uid of their own have to get through to their folder in it.
        self._base.chmod(0o711)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(_START_SECONDS)
        with tempfile.TemporaryFile() as errors, theirs:
            self._process = self._start(theirs.fileno(), errors.fileno())
            theirs.close()
            try:
                settings = {
                    "base": str(self._base),
                    "level": self.level,
                    "preload": list(preload),
                    "paths": _user_site(),
                    "hidden": [str(path) for path in self._hidden],
                }
                self.identity = self._ask(settings)["identity"]
            except SandboxError as error:
                self.close()
                errors.seek(0)
                said = errors.read().decode("utf-8", "replace").strip()[-2000:]
                raise SandboxError(f"{error}\n{said}" if said else str(error)) from None
            except BaseException:
                self.close()
                raise

    def session(
        self,
        data_dir: Path | None = None,
        student: str = "",
        *,
        limits: Limits | None = None,
    ) -> SandboxedSession:
        """Fork a session; it sees `data_dir` as `data/`, read-only, and nothing else of ours."""
        limits = limits or self._limits
        with self._lock:
            self._count += 1
            home = self._base / f"session-{self._count}"
        home.mkdir(mode=0o700)
        if data_dir is not None:
            data_dir = data_dir.resolve(strict=True)
            walls.refuse_to_show(self._hidden, [data_dir])
            (home / "data").symlink_to(data_dir)
        wire = WireLimits(bytes=limits.wire_mb << 20)
        request = {
            "op": "fork",
            "home": str(home),
            "data": None if data_dir is None else str(data_dir),
            "student": student,
            "output_kb": limits.output_kb,
            "wire": asdict(wire),
            "limits": {
                "memory_mb": limits.memory_mb,
                "processes": limits.processes,
                "files_mb": limits.files_mb,
                # Only for a session that nobody stops by the clock.
                "cpu_seconds": int(2 * limits.submission_seconds) + 60,
            },
        }
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            try:
                pid = self._ask(request, theirs.fileno())["pid"]
            except BaseException:
                ours.close()
                remove_folder(home)
                raise
        session = SandboxedSession(self, pid, home, Channel(ours, wire), wire, limits)
        self._sessions.add(session)
        session.wait_until_ready()
        return session

    def close(self) -> None:
        """End all sessions and the zygote; nothing of them is left when this returns."""
        for session in list(self._sessions):
            session.close()
        self._control.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        remove_folder(self._base)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def end(self, session: SandboxedSession, patience: float) -> int | None:
        """Kill what runs in a session; return its wait status if it ended by itself.

        A session that hung up may need `patience` seconds to be gone.
        """
        self._sessions.discard(session)
        try:
            status = self._ask({"op": "end", "pid": session.pid, "patience": patience})["status"]
        except SandboxError:
            # The zygote is gone, and its death ended the session; its children may be left.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(session.pid, signal.SIGKILL)
            return None
        return None if status is None else int(status)

    def _start(self, control: int, errors: int) -> subprocess.Popen[bytes]:
        package = str(Path(walls.__file__).parents[1])
        home = self._base / "zygote"
        home.mkdir(mode=0o700)
        return subprocess.Popen(
            [sys.executable, "-s", "-P", "-c", _START, str(control), package],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=_environment(home),
            cwd=home,
            pass_fds=[control],
            start_new_session=True,
        )

    def _ask(self, request: dict[str, Any], fd: int | None = None) -> dict[str, Any]:
        raw = json.dumps(request).encode()
        with self._lock:
            try:
                if fd is None:
                    self._control.send(raw, socket.MSG_NOSIGNAL)
                else:
                    socket.send_fds(self._control, [raw], [fd], socket.MSG_NOSIGNAL)
                answer = self._control.recv(1 << 16)
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
        return reply


class SandboxedSession(Session):
    """A session in a process of its own, behind the walls of its zygote."""

    def __init__(
        self,
        zygote: Zygote,
        pid: int,
        home: Path,
        channel: Channel,
        wire: WireLimits,
        limits: Limits,
    ) -> None:
        super().__init__(wire, limits.output_kb)
        self.pid = pid
        self.level = zygote.level
        self._zygote = zygote
        self._home = home
        self._channel = channel
        self._watch = Watch(pid, home, limits.memory_mb, limits.files_mb)
        self._open = True
        self._status: int | None = None

    @property
    def alive(self) -> bool:
        """Whether the session can still be asked; False once any request has lost it."""
        return self._open

    def close(self) -> None:
        """Kill everything that runs in the session and remove its folder."""
        self._end(patience=0)

    def _end(self, patience: float) -> None:
        if not self._open:
            return
        self._open = False
        self._status = self._zygote.end(self, patience)
        self._channel.close()
        remove_folder(self._home)

    def wait_until_ready(self) -> None:
        """Wait until the walls stand; SandboxError when they do not."""
        try:
            hello, _ = self._channel.receive(time.monotonic() + _HELLO_SECONDS)
        except (TimeoutError, EOFError, WireError):
            hello = {}
        if hello != {"ready": True}:
            self._end(patience=1)
            reason = hello.get("failed") or _how_it_ended(self._status)
            raise SandboxError(f"a session could not be set up: {reason}")
        self._channel.meanwhile = self._look

    def _exchange(
        self, message: dict[str, Json], buffers: list[bytes], deadline: float | None
    ) -> tuple[dict[str, Json], list[Buffer]]:
        if not self._open:
            raise SessionDiedError("the session has ended")
        frame = self._channel.pack(message, buffers)
        start = time.monotonic()
        try:
            self._look()
            self._refuse_unasked()
            self._channel.write(frame, deadline)
            while True:
                reply, received = self._channel.receive(deadline)
                if "callback" not in reply:
                    return reply, list(received)
                if type(reply.get("id")) is not int or reply["id"] != message["id"]:
                    raise WireError("a callback arrived that belongs to no call")
                answer = self._serve_callback(reply, list(received))
                self._channel.write(self._channel.pack(*answer), deadline)
        except TimeoutError:
            self.close()
            elapsed = time.monotonic() - start
            raise SessionTimeoutError(f"no answer within {elapsed:.1f} s") from None
        except EOFError:
            self._end(patience=1)
            raise SessionDiedError(_how_it_ended(self._status)) from None
        except BaseException:
            # Whatever it was, request and reply no longer belong together.
            self.close()
            raise

    def _look(self) -> None:
        excess = self._watch.excess()
        if excess is not None:
            raise SessionDiedError(f"the session was ended: {excess}")

    def _refuse_unasked(self) -> None:
        """Raise when the session has said something before it was asked."""
        if self._nested == 1 and self._channel.pending():
            self._channel.receive(time.monotonic() + 1)
            raise WireError("a message arrived that answers nothing")


def _how_it_ended(status: int | None) -> str:
    if status is None:
        return "the session's process closed its connection"
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        try:
            name = signal.Signals(number).name
        except ValueError:
            name = f"signal {number}"
        hint = ", perhaps for using too much memory" if number == signal.SIGKILL else ""
        return f"the session's process was killed by {name}{hint}"
    return f"the session's process ended with exit code {os.WEXITSTATUS(status)}"


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
        "CUDA_VISIBLE_DEVICES": "",
        **{f"{name}_NUM_THREADS": "1" for name in threads},
        **{name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
    }


def _user_site() -> list[str]:
    """Return the user's own site-packages when the grader uses them: -s leaves them out."""
    folder = site.getusersitepackages() if site.ENABLE_USER_SITE else None
    return [folder] if folder and Path(folder).is_dir() else []
