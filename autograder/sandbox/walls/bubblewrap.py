"""bubblewrap: a program in namespaces of its own, which sees only what it is given.

It uses `bwrap`, https://github.com/containers/bubblewrap. There is no other process, no network
and no file but those bound here; the program is process 1, so that all it started ends with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from autograder.errors import SandboxError
from autograder.sandbox.walls.identity import maps_with_spare_uids
from autograder.sandbox.walls.paths import DEVICES

_NAMESPACES = ("user", "pid", "net", "ipc", "uts", "cgroup-try")
# Root needs these to give each session a uid of its own, and to clean up after it.
_CAPABILITIES = (
    *("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_KILL"),
    *("CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP"),
)
_STREAMS = {"fd": "fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"}
_TRIAL_SECONDS = 20.0
_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_DEBIAN = Path("/proc/sys/kernel/unprivileged_userns_clone")
_MAXIMUM = Path("/proc/sys/user/max_user_namespaces")


@dataclass(frozen=True)
class View:
    """The file system of a program: what it may read, and the one folder it may write to.

    `bound` are folders to read under another name: what is there by where it is seen. `links`
    are names of which something readable is the end, such as those of the interpreter. With
    `mounts` the program may, as root, mount file systems of its own in there.
    """

    readable: Sequence[Path]
    writable: Path
    bound: Mapping[Path, Path] = field(default_factory=dict)
    links: Sequence[Path] = ()
    mounts: bool = False


def start(
    command: Sequence[str],
    view: View,
    *,
    environment: Mapping[str, str],
    folder: Path,
    errors: int,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `command` in `folder` of `view`; it ends when the calling thread does.

    Raises SandboxError when bwrap is missing or gives up before the command could start.
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise SandboxError("bwrap is not installed")
    with contextlib.ExitStack() as stack:
        pipes = _Pipes(stack) if os.geteuid() == 0 else None
        extra = pipes.arguments(mounts=view.mounts) if pipes else []
        process = subprocess.Popen(
            [bwrap, *_arguments(view), *extra, "--chdir", str(folder), "--", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=environment,
            pass_fds=[*pass_fds, *(pipes.theirs if pipes else ())],
            start_new_session=True,
        )
        try:
            if pipes:
                pipes.map_ids()
        except BaseException:
            process.kill()
            process.wait()
            raise
    return process


@cache
def why_not(readable: tuple[Path, ...]) -> str | None:
    """Return why this Python cannot run in a view of `readable`, None when it has been tried."""
    with tempfile.TemporaryDirectory(prefix="autograder-") as name, tempfile.TemporaryFile() as log:
        view = View(readable, Path(name).resolve(), links=(Path(sys.executable),))
        try:
            process = start(
                [sys.executable, "-I", "-S", "-c", ""],
                view,
                environment={},
                folder=view.writable,
                errors=log.fileno(),
            )
            code = process.wait(_TRIAL_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return f"bwrap did not start a program within {_TRIAL_SECONDS:.0f} s"
        except (SandboxError, OSError) as error:
            reason = str(error)
        else:
            if code == 0:
                return None
            reason = f"exit code {code}"
        log.seek(0)
        said = log.read().decode("utf-8", "replace").strip()
    return said.splitlines()[-1][:300] if said else reason


def version() -> str | None:
    """Return the version of the installed bwrap, None when there is none."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return None
    done = subprocess.run([bwrap, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d[\d.]*", done.stdout)
    return found[0] if found else "of unknown version"


def remedy() -> str:
    """Return what to do where bwrap is missing or refused."""
    if shutil.which("bwrap") is None:
        return "install it, for instance with `apt install bubblewrap`"
    if os.geteuid() != 0:
        if _setting(_APPARMOR) == "1":
            return (
                "AppArmor keeps users from making namespaces: install its profile for bwrap "
                "(`apt install apparmor-profiles`, then load bwrap-userns-restrict), or "
                "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`"
            )
        if _setting(_DEBIAN) == "0":
            return "`sysctl kernel.unprivileged_userns_clone=1`"
    if _setting(_MAXIMUM) == "0":
        return "`sysctl user.max_user_namespaces=15000`"
    return (
        "in a container, allow it to make namespaces: `docker run --security-opt "
        "seccomp=unconfined --security-opt apparmor=unconfined --security-opt "
        "systempaths=unconfined`"
    )


def _setting(path: Path) -> str | None:
    try:
        return path.read_text().strip()
    except OSError:
        return None


def _arguments(view: View) -> list[str]:
    arguments = [f"--unshare-{namespace}" for namespace in _NAMESPACES]
    arguments += ["--die-with-parent", "--as-pid-1", "--hostname", "sandbox"]
    arguments += ["--proc", "/proc", "--tmpfs", "/tmp"]
    for device in DEVICES:
        arguments += ["--dev-bind", str(device), str(device)]
    for name, target in _STREAMS.items():
        arguments += ["--symlink", f"/proc/self/{target}", f"/dev/{name}"]
    # /proc has been mounted already, and shows nothing of outside.
    seen = [path for path in view.readable if path.exists() and not path.is_relative_to("/proc")]
    for path in sorted(seen, key=lambda path: len(path.parts)):
        arguments += [*_folder(path), "--ro-bind", str(path), str(path)]
    for link, target in _links(view.links, [*seen, view.writable]).items():
        arguments += [*_folder(link), "--symlink", target, str(link)]
    for path, place in view.bound.items():
        arguments += [*_folder(place), "--ro-bind", str(path), str(place)]
    arguments += [*_folder(view.writable), "--bind", *[str(view.writable)] * 2]
    return [*arguments, "--remount-ro", "/"]


def _folder(path: Path) -> list[str]:
    """Make the folder that `path` is to be in one that everybody can pass through."""
    return ["--dir", str(path.parent)]


def _links(names: Iterable[Path], seen: Iterable[Path]) -> dict[Path, str]:
    """Return the symbolic links on the way to `names` that lie nowhere in `seen`."""
    folders = [*map(str, seen)]
    links: dict[Path, str] = {}
    for name in names:
        for link in _followed(name):
            if not any(link.is_relative_to(folder) for folder in folders):
                links[link] = str(link.readlink())
    return links


def _followed(path: Path) -> Iterator[Path]:
    """Yield each symbolic link that is followed when `path` is opened."""
    reached, rest = Path("/"), [*path.absolute().parts[1:]]
    for _ in range(1000):
        if not rest:
            return
        part = rest.pop(0)
        if part == "..":
            reached = reached.parent
        elif (reached / part).is_symlink():
            yield reached / part
            target = (reached / part).readlink()
            reached = Path("/") if target.is_absolute() else reached
            rest = [*(part for part in target.parts if part != "/"), *rest]
        else:
            reached /= part


class _Pipes:
    """Tells bwrap's child which users exist, as root: bwrap itself would map only one."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        read, write = os.pipe()
        self._info = stack.enter_context(os.fdopen(read, "rb"))
        their_info = stack.enter_context(os.fdopen(write, "wb"))
        read, write = os.pipe()
        self._go = stack.enter_context(os.fdopen(write, "wb"))
        their_go = stack.enter_context(os.fdopen(read, "rb"))
        self._theirs = (their_info, their_go)
        self.theirs = [file.fileno() for file in self._theirs]

    def arguments(self, *, mounts: bool) -> list[str]:
        info, go = map(str, self.theirs)
        names = (*_CAPABILITIES, "CAP_SYS_ADMIN") if mounts else _CAPABILITIES
        kept = [part for name in names for part in ("--cap-add", name)]
        return ["--cap-drop", "ALL", *kept, "--info-fd", info, "--userns-block-fd", go]

    def map_ids(self) -> None:
        """Map the users of this machine, and spare uids, for bwrap's child."""
        for file in self._theirs:
            file.close()
        try:
            child = int(json.loads(self._info.read())["child-pid"])
        except (ValueError, KeyError):
            raise SandboxError("bwrap ended before the sandbox was made") from None
        users, groups = maps_with_spare_uids(child)
        try:
            Path(f"/proc/{child}/uid_map").write_text(users)
            Path(f"/proc/{child}/gid_map").write_text(groups)
        except OSError as error:
            raise SandboxError(f"users cannot be mapped into a namespace: {error}") from None
        self._go.write(b"1")
        self._go.flush()
