"""The file system of a session: its own where mounting is allowed, and watched where it is not."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import may_not_mount, run

from autograder.course import Limits
from autograder.errors import NoRoomError, SessionDiedError
from autograder.sandbox import SandboxedSession, Zygote
from autograder.sandbox.walls import filesystem

HomeOf = Callable[[SandboxedSession], Path]


@pytest.fixture
def zygote(each_level: Zygote) -> Zygote:
    if each_level._server.no_mounts is not None:
        pytest.skip(f"sessions have no file system of their own: {each_level._server.no_mounts}")
    return each_level


def test_what_a_session_writes_is_on_no_disk_of_ours(zygote: Zygote, home_of: HomeOf) -> None:
    with zygote.session(files={"given/file": b"ours"}) as session:
        home = home_of(session)
        source = "open('given/file', 'a').write(' and theirs'); print(open('given/file').read())"
        result = session.run_cell(source, name="c", seconds=5)
        assert result.outputs[0]["text"] == "ours and theirs\n"
        assert list(home.iterdir()) == []
        found = filesystem.used(session._watch._room)
        assert 0 < found.bytes < 1 << 20
        assert 3 <= found.files < 100
    assert not home.exists()


def test_a_burst_ends_where_its_own_file_system_does(zygote: Zygote) -> None:
    """However fast it is: the cell has ended before anybody has looked."""
    source = """
import errno, os
written = 0
try:
    for number in range(1000):
        written += os.write(os.open(f"{number}", os.O_CREAT | os.O_WRONLY), bytes(1 << 20))
except OSError as error:
    open("/dev/null" if error.errno == errno.ENOSPC and written <= 9 << 20 else "/stop").close()
"""
    with (
        zygote.session(limits=Limits(files_mb=8)) as session,
        pytest.raises(SessionDiedError, match="8 MiB or 20,000 files"),
    ):
        session.run_cell(source, name="c", seconds=20)


def test_nobody_learns_from_a_file_when_it_was_read(zygote: Zygote, data_dir: Path) -> None:
    if os.geteuid() != 0 and zygote.level != "bubblewrap":
        pytest.skip("only root can keep what is mounted from noting it")
    file = data_dir / "read"
    file.write_text("x")
    os.utime(file, (1, 1))
    with zygote.session(data_dir) as session:
        source = "import os; print(open('data/read').read(), os.stat('data/read').st_atime)"
        assert session.run_cell(source, name="c", seconds=5).outputs[0]["text"] == "x 1.0\n"


def test_a_full_disk_is_waited_for_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filesystem, "_WAIT_SECONDS", 0.2)
    filesystem.wait_for_room(tmp_path, 1)
    began = time.monotonic()
    with pytest.raises(NoRoomError, match="TMPDIR"):
        filesystem.wait_for_room(tmp_path, 1 << 60)
    assert time.monotonic() - began >= 0.2


@pytest.mark.ci
def test_where_nobody_may_mount_files_that_are_hidden_count_too() -> None:
    """The watch searches for them; what closes a folder to it is ended."""
    here = Path(__file__).parent
    which = ["-k", "files_that_are_hidden and auto", str(here / "test_walls.py")]
    words = [*may_not_mount(), sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = run(here.parents[1], *words, *which)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout
