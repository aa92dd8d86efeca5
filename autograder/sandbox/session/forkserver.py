"""The zygote's own process: imports everything once, then forks a session whenever asked.

It is single-threaded, holds nothing of any course or student, and outlives neither the grader
that started it nor lets a session outlive itself. Requests are JSON datagrams on a socket
that the grader holds the other end of:

    {"op": "fork", "home": "/tmp/…", …} and the session's socket   ->  {"pid": 7}
    {"op": "end", "pid": 7, …}                                       ->  {"status": 9}
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NoReturn

from autograder.errors import SandboxError
from autograder.sandbox.session import hugepages
from autograder.sandbox.walls import filesystem, identity, paths
from autograder.sandbox.walls.raising import Plan, find_identity, raise_walls
from autograder.sandbox.wire import Channel, WireLimits

HELLO, GO = b"?", b"!"
_MESSAGE_BYTES = 1 << 16


def main(control_fd: int) -> NoReturn:
    """Serve the grader at the other end of `control_fd` until it is gone."""
    control = socket.socket(fileno=control_fd)
    grader = os.getppid()
    identity.adopt_orphans()
    first = json.loads(control.recv(_MESSAGE_BYTES))
    base = Path(first["base"])
    try:
        server = _Server(control, first)
        ready = {
            "identity": server.identity,
            "inherited": _own_memory(),
            "no_mounts": server.no_mounts,
        }
        control.send(json.dumps(ready).encode())
        server.run(_watch(grader))
    except SandboxError as error:
        control.send(json.dumps({"error": str(error)}).encode())
    finally:
        if first["level"] != "bubblewrap":  # which does not let us out to remove it
            remove_folder(base)
    # No atexit handlers: torch and matplotlib have nothing to save here.
    os._exit(0)


class _Server:
    def __init__(self, control: socket.socket, settings: dict[str, Any]) -> None:
        self._control = control
        self._level = settings["level"]
        # The folders of those alive, by their pids.
        self._sessions: dict[int, Path] = {}
        for path in settings["paths"]:
            sys.path.append(path)
        _import_all(settings["preload"])
        # Here and not in a session, which may not read all paths.
        from autograder.sandbox.session import shell, worker

        self._kernel, self._worker = shell.make_shell(), worker
        shell.load_late_modules(self._kernel)
        self._readable = (*paths.readable_system(), *map(Path, settings["paths"]))
        self._readable += paths.loaded_libraries(self._readable)
        self._all_can_read = paths.others_can_read(
            [*paths.loaded_modules(), Path(sys.executable), Path(settings["base"])]
        )
        paths.refuse_to_show(map(Path, settings["hidden"]), self._readable)
        self.identity: identity.Identity = "shared-uid"
        self.no_mounts: str | None = "it was not asked for"
        if self._level != "none":
            home = Path(settings["base"], "trial")
            home.mkdir(mode=0o700)
            self.no_mounts = filesystem.why_no_mounts(home)
            limits = {"memory_mb": 256, "processes": 3, "files_mb": 1, "cpu_seconds": 60}
            self.identity = find_identity(self._plan(home, None, limits))
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            raise SandboxError(
                "a preloaded module has started a thread: sessions cannot be forked from it "
                f"(preload: {', '.join(settings['preload'])})"
            )
        gc.collect()
        # Sessions share these objects' pages as long as nobody's collector writes to them.
        gc.freeze()
        hugepages.collapse()

    def run(self, grader: int | None) -> None:
        """Answer requests until the control socket or the grader is gone."""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        if grader is not None:
            poll.register(grader, select.POLLIN)
        while True:
            ready = poll.poll(1000 if self._sessions else None)
            self._reap_orphans()
            if grader is not None and any(fd == grader for fd, _ in ready):
                break
            if ready and not self._serve():
                break
        for pid in list(self._sessions):
            self._end(pid, 0)

    def _serve(self) -> bool:
        try:
            raw, fds, _, _ = socket.recv_fds(self._control, _MESSAGE_BYTES, 1)
        except ConnectionError:
            return False
        if not raw:
            return False
        request = json.loads(raw)
        room = None
        if request["op"] == "fork":
            answer, room = self._fork(request, fds[0])
            os.close(fds[0])
        else:
            answer = {"status": self._end(request["pid"], request["patience"])}
        reply = json.dumps(answer).encode()
        if room is None:
            self._control.send(reply)
        else:
            socket.send_fds(self._control, [reply], [room])
            os.close(room)
        return True

    def _fork(self, request: dict[str, Any], wire: int) -> tuple[dict[str, Any], int | None]:
        """Fork a session; return the answer, and its own file system where it has one."""
        parent, home, room = os.getpid(), Path(request["home"]), None
        try:
            if self.no_mounts is None:
                room = filesystem.mount(home, request["limits"]["files_mb"])
            pid = os.fork()
        except OSError as error:
            if room is not None:
                os.close(room)
                filesystem.unmount(home)
            return {"error": f"no session can be forked: {error}"}, None
        if pid == 0:
            self._become_session(request, wire, parent)
        self._sessions[pid] = home
        return {"pid": pid}, room

    def _end(self, pid: int, patience: float) -> int | None:
        """Kill a session with all it started, after waiting `patience` seconds for it to end.

        Returns, once nothing is left of it, its wait status if it ended by itself.

        Its pid, which is its group's id, stays taken until it is reaped here. When a process
        has been reaped its children are already ours, so that when none is left in the
        group there is none anywhere.
        """
        if pid not in self._sessions:
            return None
        home = self._sessions.pop(pid)
        ended = _ended(pid, patience)
        # A session that has not made its group yet is not to be missed.
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-pid, 0)
        if self.no_mounts is None:
            filesystem.unmount(home)
        return status if ended else None

    def _reap_orphans(self) -> None:
        """Reap what a living session left behind: it counts against its processes."""
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        for pid in self._sessions:
            while True:
                try:
                    ended = os.waitid(os.P_PGID, pid, options)
                except ChildProcessError:
                    break
                if ended is None or ended.si_pid == pid:
                    break
                os.waitpid(ended.si_pid, 0)

    def _plan(self, home: Path, data: str | None, limits: dict[str, int]) -> Plan:
        shown = [] if data is None else [Path(data)]
        return Plan(
            level=self._level,
            identity=self.identity,
            readable=(*self._readable, *shown),
            home=home,
            read_everything=not (self._all_can_read and paths.others_can_read(shown)),
            **limits,
        )

    def _become_session(self, request: dict[str, Any], wire: int, parent: int) -> NoReturn:
        try:
            os.setsid()
            _keep_only(wire)
            limits = WireLimits(bytes=request["wire_bytes"])
            sock = socket.socket(fileno=3)
            # The grader learns from it who we are out there, and counts us before we go on.
            sock.send(HELLO)
            if sock.recv(len(GO)) != GO:
                os._exit(1)
            channel = Channel(sock, limits)
            home = Path(request["home"])
            who, _ = channel.receive(None)
            _enter(home, who["student"])
            self._kernel.ipython_dir = str(home / ".ipython")
            try:
                raise_walls(self._plan(home, request["data"], request["limits"]), parent)
            except (SandboxError, OSError) as error:
                channel.send({"failed": str(error)}, [], None)
                os._exit(1)
            channel.send({"ready": True}, [], None)
            # As in a notebook: modules beside it, or that a cell writes, can be imported. Not
            # before the walls stand: whatever we import until then is ours.
            sys.path.insert(0, "")
            self._worker.serve(
                sock, self._kernel, limits, request["output_kb"], reseed=request["reseed"]
            )
        except BaseException:
            os._exit(71)


def _ended(pid: int, patience: float) -> bool:
    """Return whether child `pid` has ended, or does within `patience` seconds; reap nothing."""
    deadline = time.monotonic() + patience
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.002)
    return True


def _import_all(preload: list[str]) -> None:
    for name in preload:
        try:
            importlib.import_module(name)
        except ImportError as error:
            raise SandboxError(f"cannot preload {name}: {error}") from None
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)
        torch.set_num_interop_threads(1)


def _watch(pid: int) -> int | None:
    """Return a descriptor that becomes readable when process `pid` ends, where there is one."""
    try:
        return os.pidfd_open(pid)
    except OSError:
        return None


def _own_memory() -> int:
    """Return the bytes of memory in use that are no file's, which forks share until they write."""
    _, resident, shared = map(int, Path("/proc/self/statm").read_text().split()[:3])
    return (resident - shared) * resource.getpagesize()


def _keep_only(wire: int) -> None:
    """Make `wire` descriptor 3, the first three nothing, and close every other."""
    if wire != 3:
        os.dup2(wire, 3, inheritable=False)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(null, standard)
    for entry in list(Path("/proc/self/fd").iterdir()):
        if int(entry.name) > 3:
            # The one that the listing itself used is closed already.
            with contextlib.suppress(OSError):
                os.close(int(entry.name))


def _enter(home: Path, student: str) -> None:
    """Make `home` the place for everything that is written."""
    os.chdir(home)
    where = str(home)
    for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "PWD"):
        os.environ[name] = where
    os.environ["IPYTHONDIR"] = str(home / ".ipython")
    os.environ["AUTOGRADER_STUDENT"] = student
    tempfile.tempdir = None


def remove_folder(folder: Path) -> None:
    """Remove `folder` whatever has been done to it: no permissions, or too deep to recurse."""
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)
    except (OSError, RecursionError):
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, "--", folder], capture_output=True, check=False)
