"""The grader's side of a zygote and of the sessions that it forks."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from autograder.course import Limits
from autograder.errors import NoRoomError, SandboxError, SessionDiedError, WireError
from autograder.sandbox.session import launch
from autograder.sandbox.session.ending import ended_by_others, how_it_ended
from autograder.sandbox.session.forkserver import GO, HELLO, remove_folder
from autograder.sandbox.session.interface import Session
from autograder.sandbox.session.meter import Meter
from autograder.sandbox.walls import cgroups
from autograder.sandbox.walls.filesystem import wait_for_room
from autograder.sandbox.walls.levels import choose_level
from autograder.sandbox.walls.paths import refuse_to_show
from autograder.sandbox.walls.watch import RESERVE, Watch
from autograder.sandbox.wire import Channel, Message, WireLimits

DEFAULT_PRELOAD = ("numpy", "torch", "matplotlib.pyplot")
_HELLO_SECONDS = 30.0
# The values that one call may send to functions of a check, in messages of the largest size.
_CALLED_BACK = 16
_LITTLE = 1 << 20  # bytes on the disk for a few folders
_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid


class Zygote:
    """A process that has imported the libraries and forks warm sessions.

        with Zygote() as zygote, zygote.session() as session:
            session.run_cell("x = 1", name="cell 1", seconds=5)

    Args:
        preload: modules to import once, for all sessions.
        level: the level of the walls, "auto" for the strongest this machine has.
        limits: what a session may use.
        hidden: folders that no session may ever read, such as the course's.
        visible: folders that `session` may be asked to show, as its `data/`.

    At "bubblewrap" the zygote ends with the thread that made it.

    Raises:
        SandboxError: the walls do not exist here or the zygote cannot start.
        NoRoomError: the disk is full.
    """

    def __init__(
        self,
        preload: Sequence[str] = DEFAULT_PRELOAD,
        level: str = "auto",
        limits: Limits | None = None,
        *,
        hidden: Iterable[Path] = (),
        visible: Iterable[Path] = (),
    ) -> None:
        try:
            wait_for_room(Path(tempfile.gettempdir()), _LITTLE)
        except FileNotFoundError as error:  # Python could not write to any
            raise NoRoomError(str(error)) from None
        self.level = choose_level(level)
        self._limits = limits or Limits()
        self._hidden = [Path(path).resolve() for path in hidden]
        self._lock = threading.Lock()
        self._sessions: set[SandboxedSession] = set()
        self._count = 0
        shown = tuple(Path(path).resolve(strict=True) for path in visible)
        refuse_to_show(self._hidden, shown)
        try:
            self._begin(preload, shown)
        except SandboxError:
            if level != "auto" or self.level != "bubblewrap":
                raise
            # What it has to import may lie where only Landlock lets it be found.
            self.level = "landlock"
            self._begin(preload, shown)

    def _begin(self, preload: Sequence[str], shown: tuple[Path, ...]) -> None:
        settings = {"preload": list(preload), "hidden": [str(path) for path in self._hidden]}
        self._places = launch.places_of_data(self.level, shown)
        self._server = launch.ForkServer(self.level, settings, self._places)
        self._base = self._server.base
        self.identity = self._server.identity

    def session(
        self,
        data_dir: Path | None = None,
        student: str = "",
        *,
        limits: Limits | None = None,
        files: Mapping[str, bytes] | None = None,
        reseed: bool = True,
    ) -> SandboxedSession:
        """Fork a session; it sees `data_dir` as `data/`, read-only, and nothing else of ours.

        `files` are its own, by relative path, to read and to write. Without `reseed` the
        random generators are seeded once, and not before every request.
        """
        limits = limits or self._limits
        with self._lock:
            self._count += 1
            home = self._base / f"session-{self._count}"
        data = None if data_dir is None else self._seen(data_dir)
        self._make_room(home, limits)
        request = {
            "op": "fork",
            "home": str(home),
            "data": None if data is None else str(data),
            "output_kb": limits.output_kb,
            "reseed": reseed,
            "wire_bytes": limits.wire_mb << 20,
            "limits": {
                "memory_mb": limits.memory_mb,
                "processes": limits.processes,
                "files_mb": limits.files_mb,
                # Only for a session that no grader stops by the clock.
                "cpu_seconds": int(2 * limits.submission_seconds) + 60,
            },
        }
        session = self._fork(request, home, limits, files or {})
        self._sessions.add(session)
        session.wait_until_ready(student)
        return session

    def _make_room(self, home: Path, limits: Limits) -> None:
        """Make a session's folder once there is room for all that it may write."""
        own = self._server.no_mounts is None
        try:
            wait_for_room(self._base, _LITTLE if own else RESERVE + (limits.files_mb << 20))
            home.mkdir(mode=0o700)
        except OSError as error:
            raise SandboxError(f"a session could not be set up: {error}") from None

    def _fork(
        self, request: dict[str, Any], home: Path, limits: Limits, files: Mapping[str, bytes]
    ) -> SandboxedSession:
        group = None
        if self.level != "none":
            # Like the limit of each process: on top of what it has from the zygote.
            memory = self._server.inherited + (limits.memory_mb << 20)
            # The files of a tmpfs count.
            if self._server.no_mounts is None or os.major(self._base.stat().st_dev) == 0:
                memory += limits.files_mb << 20
            group = cgroups.make(memory, limits.processes)
        inner = room = None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with theirs:
                # Behind bubblewrap a process has another number than out here.
                ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
                answer, room = self._server.ask(request, theirs.fileno())
                inner = answer["pid"]
            # The session waits: no link is there yet that one could write through.
            folder = home if room is None else Path(f"/proc/self/fd/{room}")
            _write_files(folder, files)
            if request["data"] is not None:
                (folder / "data").symlink_to(request["data"])
            pid = _receive_hello(ours)
            if group is not None and not group.join(pid):
                group.remove()
                group = None
            ours.send(GO, socket.MSG_NOSIGNAL)
        except BaseException as error:
            ours.close()
            if inner is not None:
                with contextlib.suppress(SandboxError):
                    self._server.ask({"op": "end", "pid": inner, "patience": 0})
            if group is not None:
                group.remove()
            if room is not None:
                os.close(room)
            remove_folder(home)
            if isinstance(error, OSError):
                raise SandboxError(f"a session could not be set up: {error}") from None
            raise
        watch = Watch(pid, home, limits.memory_mb, limits.files_mb, group, room)
        return SandboxedSession(self, pid, inner, home, ours, limits, watch)

    def _seen(self, folder: Path) -> Path:
        """Return where sessions see `folder`."""
        folder = folder.resolve(strict=True)
        for shown, place in self._places.items():
            if folder.is_relative_to(shown):
                return place / folder.relative_to(shown)
        raise SandboxError(
            f"{folder} cannot be shown to a session: the zygote was not made with it as visible"
        )

    def close(self) -> None:
        """End all sessions and the zygote; nothing of them is left when this returns."""
        for session in list(self._sessions):
            session.close()
        self._server.close()

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
            request = {"op": "end", "pid": session.inner_pid, "patience": patience}
            status = self._server.ask(request)[0]["status"]
        except SandboxError:
            # The zygote is gone, and its death ended the session; its children may be left.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(session.pid, signal.SIGKILL)
            return None
        return None if status is None else int(status)


class SandboxedSession(Session):
    """A session in a process of its own, behind the walls of its zygote.

    `pid` is its number out here; the zygote, which may be elsewhere, knows it as `inner_pid`.
    """

    def __init__(
        self,
        zygote: Zygote,
        pid: int,
        inner_pid: int,
        home: Path,
        wire: socket.socket,
        limits: Limits,
        watch: Watch,
    ) -> None:
        super().__init__(WireLimits(bytes=limits.wire_mb << 20), limits.output_kb)
        self.pid = pid
        self.inner_pid = inner_pid
        self._zygote = zygote
        self._home = home
        self._channel = Channel(wire, self._limits)
        self._watch = watch
        self._clock_factor = limits.clock_factor
        self._meter: Meter | None = None
        self._spent = 0.0
        self._status: int | None = None
        self._disturbed = False
        self._received_before = 0

    def close(self) -> None:
        """Kill everything that runs in the session and remove its folder."""
        self._end(patience=0)

    def _end(self, patience: float) -> None:
        if not self._open:
            return
        self._open = False
        self._status = self._zygote.end(self, patience)
        self._channel.close()
        self._watch.close()
        remove_folder(self._home)

    def wait_until_ready(self, student: str) -> None:
        """Wait until the walls stand; SandboxError when they do not."""
        try:
            # Not by way of the zygote, whose memory every later session inherits.
            self._channel.send({"student": student}, [], time.monotonic() + _HELLO_SECONDS)
            hello, _ = self._channel.receive(time.monotonic() + _HELLO_SECONDS)
        except (TimeoutError, EOFError, WireError):
            hello = {}
        if hello != {"ready": True}:
            self._end(patience=1)
            reason = hello.get("failed") or how_it_ended(self._status)
            raise SandboxError(f"a session could not be set up: {reason}")

    @property
    def spent(self) -> float:
        """CPU seconds of the session's processes, or a part of those by the clock: see `Meter`."""
        return self._spent + (0.0 if self._meter is None else self._meter.spent())

    @property
    def disturbed(self) -> bool:
        """True where it was killed by others, perhaps for want of memory or room, or slept long, or
        where the disk that it shares with others was full.
        """
        crowded = self._watch.crowded or (self._short_of_room and not self._watch.apart)
        return self._disturbed or crowded

    def _exchange(self, request: Message, seconds: float) -> Message:
        frame = self._channel.pack(*request)
        meter = Meter(self._watch, seconds, self._clock_factor)
        outer = self._meter
        self._meter = self._meter or meter  # what a callback asks is a part of what called it
        if outer is None:
            self._received_before = self._channel.received

        def look() -> None:
            self._watch.look()
            meter.look()

        try:
            self._channel.meanwhile = look
            look()
            self._refuse_unasked()
            self._channel.write(frame, None)
            while True:
                reply, received = self._channel.receive(None)
                if "callback" not in reply:
                    self._watch.refuse_too_much()
                    return reply, received
                if type(reply.get("id")) is not int or reply["id"] != request[0]["id"]:
                    raise WireError("a callback arrived that belongs to no call")
                # A check may keep what its functions are called with.
                if (
                    self._channel.received - self._received_before
                    > _CALLED_BACK * self._limits.bytes
                ):
                    raise WireError("more was sent to functions of a check than one call may send")
                answer = self._serve_callback(reply, received)
                self._channel.meanwhile = look
                self._channel.write(self._channel.pack(*answer), None)
        except TimeoutError:
            reached = meter.error()
            self._disturbed = reached.waited is not None
            self.close()
            raise reached from None
        except EOFError:
            try:
                self._watch.refuse_too_much()
            finally:
                self._end(patience=1)
            self._disturbed = ended_by_others(self._status)
            raise SessionDiedError(how_it_ended(self._status)) from None
        except BaseException:
            # After any failure request and reply no longer belong together.
            self.close()
            raise
        finally:
            if outer is None:
                self._spent += meter.spent()
            self._meter = outer

    def _refuse_unasked(self) -> None:
        """Raise when the session has said something before it was asked."""
        if self._nested == 1 and self._channel.pending():
            self._channel.receive(time.monotonic() + 1)
            raise WireError("a message arrived that answers nothing")


def _receive_hello(wire: socket.socket) -> int:
    """Return the process, by its number out here, whose hello arrives first."""
    wire.settimeout(_HELLO_SECONDS)
    hello, ancillary, _, _ = wire.recvmsg(len(HELLO), socket.CMSG_SPACE(_CREDENTIALS.size))
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
    for level, kind, raw in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS) and hello == HELLO:
            return int(_CREDENTIALS.unpack(raw)[0])
    raise SandboxError("a session could not be set up: its process ended")


def _write_files(home: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` for a session that may have another uid; no other user gets into `home`."""
    for relative, content in files.items():
        path = home / relative
        for folder in reversed(path.relative_to(home).parents[:-1]):
            if not (home / folder).exists():
                (home / folder).mkdir()
                (home / folder).chmod(0o777)
        path.write_bytes(content)
        path.chmod(0o666)
