"""The strongest level: what does not even exist around a session, and what if it cannot be had."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from autograder.sandbox import SandboxedSession, Zygote, choose_level, probe
from autograder.sandbox.walls import bubblewrap, paths

Printed = Callable[[str], str]

PACKAGE = Path(__file__).parents[2]
NOBODY = 65534


@pytest.fixture
def zygote(zygote_at: Callable[[str], Zygote]) -> Zygote:
    return zygote_at("bubblewrap")


def run_python(
    source: str, *, around: Sequence[str] = (), python: str = sys.executable, **variables: str
) -> str:
    """Run `source` in a fresh interpreter, which `around` may start; return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE), **variables}
    done = subprocess.run(
        [*around, python, "-c", source], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.usefixtures("zygote")
def test_auto_takes_it_where_it_works() -> None:
    assert choose_level("auto") == choose_level("bubblewrap") == "bubblewrap"


def test_every_namespace_is_its_own(printed: Printed) -> None:
    kinds = ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts")
    inside = printed(f"import os\nfor k in {kinds}: print(os.readlink('/proc/self/ns/' + k))")
    outside = {str(Path("/proc/self/ns", kind).readlink()) for kind in kinds}
    assert not set(inside.split()) & outside
    assert printed("import socket; print(socket.gethostname())") == "sandbox\n"


def test_what_is_hidden_does_not_exist(attempt: Printed, secret: Path) -> None:
    tests = Path(__file__).parent
    elsewhere = map(Path, ("/etc/passwd", "/home", "/dev/shm"))
    for path in (secret, secret.parent, tests, *elsewhere):
        assert path.exists()
        assert attempt(f"os.path.lexists({str(path)!r})") == "False", path
        assert attempt(f"os.stat({str(path)!r})") == "FileNotFoundError", path
    assert attempt(f"os.stat('/proc/{os.getpid()}')") == "FileNotFoundError"


def test_the_folder_around_data_does_not_exist(zygote: Zygote, data_dir: Path) -> None:
    (data_dir / "points.csv").write_text("1,2\n")
    with zygote.session(data_dir=data_dir) as session:
        source = (
            f"import os; print(os.path.exists({str(data_dir.parent)!r}),"
            " os.path.realpath('data'), open('data/points.csv').read())"
        )
        result = session.run_cell(source, name="c", seconds=5)
        assert result.outputs[0]["text"] == "False /run/autograder/0 1,2\n\n"


def test_its_network_is_one_of_its_own(printed: Printed) -> None:
    network = printed("import os; print(os.readlink('/proc/self/ns/net'))").strip()
    assert network.startswith("net:[")
    assert network != str(Path("/proc/self/ns/net").readlink())


def test_sessions_of_two_zygotes_have_different_uids(session: SandboxedSession) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give sessions a uid of their own")
    with Zygote(preload=[], level="bubblewrap") as other, other.session() as neighbour:
        uids = {Path(f"/proc/{pid}").stat().st_uid for pid in (session.pid, neighbour.pid)}
    assert len(uids) == 2
    assert min(uids) >= 0x70000000


# Runs without Landlock: what the namespaces alone hold.
LOOK_AROUND = """
import json, os, sys
def attempt(f, *args):
    try:
        return f(*args) or True
    except OSError as error:
        return type(error).__name__
home = sys.argv[1]
found = {
    "processes": sorted(name for name in os.listdir("/proc") if name.isdigit()),
    "root": sorted(os.listdir("/")),
    "etc": sorted(os.listdir("/etc")),
    "dev": sorted(os.listdir("/dev")),
    "tmp": sorted(os.listdir("/tmp")),
    "written": [
        folder for folder in ("/", "/usr", "/etc", "/dev", "/proc", "/sys", sys.prefix, home)
        if attempt(open, folder + "/autograder-trial", "w") is not False
        and os.path.exists(folder + "/autograder-trial")
    ],
    "mounted": attempt(os.system, "mount -t tmpfs none /usr 2>/dev/null") is True,
}
json.dump(found, sys.stderr)
"""


@pytest.mark.usefixtures("zygote")
def test_the_namespaces_alone_show_and_allow_next_to_nothing(tmp_path: Path) -> None:
    view = bubblewrap.View(paths.readable_system(), tmp_path, links=paths.names_of_python())
    with tempfile.TemporaryFile() as said:
        process = bubblewrap.start(
            [sys.executable, "-I", "-S", "-c", LOOK_AROUND, str(tmp_path)],
            view,
            environment={},
            folder=tmp_path,
            errors=said.fileno(),
        )
        assert process.wait(20) == 0
        said.seek(0)
        found = json.load(said)
    assert found["processes"] == ["1"]
    assert found["written"] == [str(tmp_path)]
    assert not found["mounted"]
    assert found["dev"] == sorted(
        ["fd", "full", "null", "random", "stderr", "stdin", "stdout", "urandom", "zero"]
    )
    assert not {"passwd", "shadow", "group", "hosts", "ssh", "ssl"} & set(found["etc"])
    given = [*view.readable, *view.links, view.writable, Path("/dev"), Path("/proc"), Path("/tmp")]
    assert set(found["root"]) <= {path.parts[1] for path in given}
    in_tmp = [path for path in given if Path("/tmp") in path.parents]
    assert set(found["tmp"]) <= {path.parts[2] for path in in_tmp}


def test_a_python_reached_through_links_is_found(tmp_path: Path) -> None:
    if choose_level() != "bubblewrap":
        pytest.skip("bubblewrap does not work here")
    (tmp_path / "first").mkdir()
    (tmp_path / "first/environment").symlink_to(sys.prefix)
    (tmp_path / "second").symlink_to("first/../first")
    source = (
        "import sys\nfrom autograder.sandbox import Zygote\n"
        "with Zygote(preload=[], level='bubblewrap') as zygote, zygote.session() as session:\n"
        "    print(session.run_cell('import sys; print(sys.executable)', name='c', seconds=5)"
        ".outputs[0]['text'] == sys.executable + chr(10))"
    )
    python = tmp_path / "second/environment/bin" / Path(sys.executable).name
    assert run_python(source, python=str(python)) == "True"


CHOOSE = """
from autograder.errors import SandboxError
from autograder.sandbox import choose_level, probe
try:
    choose_level("bubblewrap")
except SandboxError as error:
    print(choose_level("auto"), error)
print([(wall.stands, wall.detail) for wall in probe() if wall.level == "bubblewrap"])
"""


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (None, ["bwrap is not installed", "apt install bubblewrap", "(False, 'not installed')"]),
        ("echo 'bwrap: Unknown option --as-pid-1' >&2; exit 1", ["Unknown option --as-pid-1"]),
    ],
    ids=["none", "too old"],
)
def test_without_a_working_bwrap_landlock_is_taken_and_the_reason_said(
    tmp_path: Path, program: str | None, words: list[str]
) -> None:
    if program is not None:
        (tmp_path / "bwrap").write_text(f"#!/bin/sh\n{program}\n")
        (tmp_path / "bwrap").chmod(0o755)
    said = run_python(CHOOSE, PATH=str(tmp_path))
    assert said.startswith("landlock bubblewrap does not work here: ")
    assert all(word in said for word in words), said


def test_where_the_kernel_refuses_namespaces_landlock_is_taken() -> None:
    if choose_level() != "bubblewrap":
        pytest.skip("bubblewrap does not work here")
    around = ["bwrap", "--dev-bind", "/", "/", "--unshare-user", "--disable-userns", "--"]
    said = run_python(CHOOSE, around=around)
    assert said.startswith("landlock bubblewrap does not work here: bwrap: ")
    assert "new namespace failed" in said
    assert "--security-opt" in said


def test_what_only_landlock_lets_a_zygote_import_is_imported_behind_landlock(
    tmp_path: Path,
) -> None:
    (tmp_path / "course_helpers.py").write_text("answer = 42\n")
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    installed = Path(pytest.__file__).parents[1]
    # As pip leaves a package that was installed to be edited.
    (packages / "course.pth").write_text(f"{installed}\n{tmp_path}\n")
    source = (
        "from autograder.sandbox import Zygote\n"
        "with Zygote(preload=['course_helpers']) as zygote, zygote.session() as session:\n"
        "    print(zygote.level, session.run_cell("
        "'import course_helpers; print(course_helpers.answer)', name='c', seconds=5)"
        ".outputs[0]['text'])"
    )
    assert run_python(source, python=str(environment / "bin/python")) == "landlock 42"


def test_every_wall_is_described() -> None:
    described = probe()
    names = {"bwrap", "namespaces", "Landlock", "seccomp", "own uid", "user namespace", "cgroup",
             "file system"}  # fmt: skip
    assert names <= {wall.name for wall in described}
    assert all(wall.detail for wall in described)
    assert all(wall.remedy for wall in described if wall.name == "cgroup" and not wall.stands)


@pytest.mark.ci
def test_the_walls_hold_for_an_ordinary_user_too() -> None:
    if os.geteuid() != 0:
        pytest.skip("all tests here run as an ordinary user")
    if not all(map(shutil.which, ("bwrap", "setpriv"))):
        pytest.skip("bwrap and setpriv are needed to become one")
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as home:
        os.chown(home, NOBODY, NOBODY)
        pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        which = ["-k", "not bomb and not limit and not count", f"--basetemp={home}/tests"]
        files = [here / f"test_{name}.py" for name in ("walls", "neighbours", "filesystem")]
        done = subprocess.run(
            [*as_nobody(), *pytest_, *which, *files],
            capture_output=True,
            text=True,
            cwd=PACKAGE,
            env={**os.environ, "HOME": home, "PYTHONDONTWRITEBYTECODE": "1"},
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout


def as_nobody() -> list[str]:
    """The words before a command that run it as an ordinary user who can reach this Python."""
    reach = ["bwrap", "--dev-bind", "/", "/"]
    for python in {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()}:
        closed = [f for f in python.parents if not f.stat().st_mode & 0o001]
        if closed:
            top = closed[-1]
            reach += ["--tmpfs", str(top), "--chmod", "0755", str(top)]
            reach += ["--dir", str(python.parent), "--ro-bind", str(python), str(python)]
    become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return [*reach, "--", *become, "--inh-caps=-all", "--bounding-set=-all", "--"]
