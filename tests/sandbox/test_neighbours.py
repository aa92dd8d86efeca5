"""One student's session knows nothing of another's, and keeps nothing for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox import SandboxedSession, Zygote

Printed = Callable[[str], str]
HomeOf = Callable[[SandboxedSession], Path]

REFUSED = ("PermissionError", "FileNotFoundError")


@pytest.fixture
def zygote(each_level: Zygote) -> Zygote:
    return each_level


def test_two_students_side_by_side_cannot_reach_each_other(
    attempt: Printed, session: SandboxedSession, zygote: Zygote, home_of: HomeOf
) -> None:
    with zygote.session(student="ada") as ada:
        ada.run_cell("open('answer', 'w').write('42'); secret = 'ada'", name="c", seconds=5)
        pids = sorted({ada.pid, ada.inner_pid} - {session.inner_pid})
        for pid in pids:
            for file in ("status", "environ", "cmdline", "maps", "mem", "fd/3", "root", "cwd"):
                path = f"/proc/{pid}/{file}"
                opened = attempt(f"os.stat({path!r}) and open({path!r})")
                assert opened in (*REFUSED, "IsADirectoryError"), file
            assert attempt(f"os.listdir('/proc/{pid}')") in REFUSED
            for source in (
                f"os.kill({pid}, 0)",
                f"os.killpg({pid}, 0)",
                f"resource.prlimit({pid}, resource.RLIMIT_CPU)",
            ):
                assert attempt(source) in ("PermissionError", "ProcessLookupError"), source
            assert attempt(f"libc.ptrace(16, {pid}, 0, 0)") == "-1"
            assert attempt(f"os.pidfd_open({pid})") == "OSError"
        home = home_of(ada)
        for name in ("answer", ".", "new"):
            assert attempt(f"open({str(home / name)!r}).read()") in REFUSED
        assert attempt(f"os.listdir({str(home)!r})") in REFUSED
        assert attempt(f"os.mkdir({str(home / 'new')!r})") in REFUSED
        assert attempt("os.listdir('/proc')") == "PermissionError"
        result = ada.run_cell("print(open('answer').read(), secret)", name="c", seconds=5)
        assert result.outputs[0]["text"] == "42 ada\n"


LEAVE_SOMETHING = """
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
open('file', 'w').write('left')
def left(what, make):
    try:
        made = make()
    except OSError:
        made = -1
    print(what, 'refused' if made == -1 else made)
left('shared memory file', lambda: open('/dev/shm/autograder-left', 'w'))
left('system V memory', lambda: libc.shmget(0x5EA1ED, 4096, 0o1666))
left('system V semaphores', lambda: libc.semget(0x5EA1ED, 1, 0o1666))
left('system V messages', lambda: libc.msgget(0x5EA1ED, 0o1666))
left('message queue', lambda: ctypes.CDLL('librt.so.1').mq_open(b'/left', 0o102, 0o666, None))
left('memory without a name', lambda: os.memfd_create('left'))
left('key', lambda: libc.syscall(248, b'user', b'left', b'x', 1, -4))
left('abstract socket', lambda: socket.socket(socket.AF_UNIX).bind('\\0autograder-left'))
left('temporary file', lambda: open('/tmp/autograder-left', 'w'))
left('pipe with a name', lambda: os.mkfifo('/var/tmp/autograder-left'))
"""


@pytest.mark.usefixtures("processes")
def test_nothing_of_a_student_is_left_for_the_next(zygote: Zygote, home_of: HomeOf) -> None:
    with zygote.session() as ada:
        printed = ada.run_cell(LEAVE_SOMETHING, name="c", seconds=5).outputs[0]["text"]
        assert [line for line in printed.splitlines() if not line.endswith("refused")] == []
        assert len(printed.splitlines()) == 10
        # It outlives its parent and holds the wire open.
        ada.run_cell("if not os.fork():\n    if not os.fork():\n        import time\n"
                     "        time.sleep(100)\n    os._exit(0)", name="c", seconds=5)  # fmt: skip
        home = home_of(ada)
    with pytest.raises(ProcessLookupError):
        os.killpg(ada.pid, 0)
    with zygote.session() as next_one:
        source = f"import os; print(os.path.exists({str(home)!r}), os.listdir('.'))"
        result = next_one.run_cell(source, name="c", seconds=5)
        assert result.outputs[0]["text"] == "False ['.ipython']\n"
