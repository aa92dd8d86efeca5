"""What a hostile notebook tries, and what comes of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Limits
from autograder.errors import SessionDiedError
from autograder.sandbox import CellResult, Name, SandboxedSession, Zygote

Run = Callable[[str], CellResult]
Printed = Callable[[str], str]

# What is not there cannot be opened either.
REFUSED = ("PermissionError", "FileNotFoundError")


@pytest.fixture
def zygote(each_level: Zygote) -> Zygote:
    return each_level


def test_files_outside_cannot_be_read(attempt: Printed, secret: Path) -> None:
    for path in (
        str(secret),
        "/etc/shadow",
        "/etc/passwd",
        str(Path.home() / ".bashrc"),
        "/proc/1/environ",
        f"/proc/{os.getpid()}/environ",
        f"/proc/{os.getpid()}/mem",
        f"/proc/self/root{secret}",
        "/dev/mem",
        "/dev/shm",
        "/var/log",
        "/sys/kernel",
    ):
        assert attempt(f"open({path!r}, 'rb').read(1)") in REFUSED, path
    by_a_program = attempt(f"subprocess.run(['cat', {str(secret)!r}]).returncode")
    assert by_a_program in ("1", "PermissionError")


def test_the_folder_around_the_package_is_closed_and_the_package_open(attempt: Printed) -> None:
    package = Path(__file__).parents[2]
    assert attempt(f"open({str(package / 'pyproject.toml')!r}).read()") in REFUSED
    assert attempt(f"bool(open({str(package / 'autograder/errors.py')!r}).read())") == "True"


def test_nothing_outside_can_be_changed(attempt: Printed, secret: Path) -> None:
    def state() -> tuple[object, ...]:
        found = secret.stat()
        return found.st_mode, found.st_uid, found.st_mtime, found.st_size

    before = state()
    file, folder = str(secret), str(secret.parent)
    for source in (
        f"open({file!r}, 'a')",
        f"open({file!r}, 'w')",
        f"os.remove({file!r})",
        f"os.rename({file!r}, 'mine')",
        f"os.rename('.', {folder + '/mine'!r})",
        f"os.link({file!r}, 'mine')",
        f"os.mkdir({folder + '/new'!r})",
        f"os.symlink('/', {folder + '/new'!r})",
        f"os.mkfifo({folder + '/new'!r})",
        f"os.truncate({file!r}, 0)",
        f"open({file!r}, opener=lambda p, f: os.open(p, os.O_RDONLY | os.O_TRUNC))",
        f"os.setxattr({file!r}, 'user.x', b'1')",
        "open('/dev/shm/x', 'w')",
        "open('/var/tmp/x', 'w')",
        "os.mknod('null', 0o20666, os.makedev(1, 3))",
        "open('/proc/self/oom_score_adj', 'w')",
    ):
        assert attempt(source) in (*REFUSED, "OSError"), source
    attempt(f"os.chmod({file!r}, 0)")
    attempt(f"os.utime({file!r}, (0, 0))")
    attempt(f"os.chown({file!r}, 1, 1)")
    attempt(f"os.chmod({folder!r}, 0)")
    assert state() == before
    assert list(secret.parent.iterdir()) == [secret]


def test_its_own_folder_is_a_place_to_work_in(printed: Printed) -> None:
    source = """
import os, shutil, tempfile
from pathlib import Path
Path('a/b').mkdir(parents=True)
Path('a/b/c').write_text('x')
os.rename('a/b/c', 'c')
shutil.copy('c', 'a/d')
shutil.copytree('a', 'e')
with tempfile.NamedTemporaryFile() as f: print(f.name.startswith(os.getcwd()))
print(Path.home() == Path.cwd(), sorted(p.name for p in Path('.').iterdir() if p.name[0] != '.'))
"""
    assert printed(source) == "True\nTrue ['a', 'c', 'e']\n"


def test_there_is_no_network(attempt: Printed, tmp_path: Path) -> None:
    with socket.socket() as tcp, socket.socket(socket.AF_UNIX) as unix:
        tcp.bind(("127.0.0.1", 0))
        tcp.listen()
        unix.bind("\0autograder-test")
        unix.listen()
        port = tcp.getsockname()[1]
        for source in (
            f"socket.create_connection(('127.0.0.1', {port}), 1)",
            "socket.socket(socket.AF_UNIX)",
            "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
            "socket.socket(socket.AF_INET6)",
            "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
            "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
            "socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)",
            "socket.socketpair()[0].connect('\\0autograder-test')",
            "socket.socketpair()[0].bind('mine')",
            "socket.socketpair()[0].listen()",
            "socket.getaddrinfo('example.org', 80)",
        ):
            assert attempt(source) in ("PermissionError", "gaierror"), source
    assert attempt("[end.send(b'x') for end in socket.socketpair()]") == "[1, 1]"


def test_dangerous_system_calls_are_refused(attempt: Printed) -> None:
    if os.uname().machine != "x86_64":
        pytest.skip("the numbers below are those of x86-64")
    numbers = {
        "ptrace": 101, "process_vm_readv": 310, "mount": 165, "umount2": 166, "pivot_root": 155,
        "chroot": 161, "unshare": 272, "setns": 308, "bpf": 321, "perf_event_open": 298,
        "userfaultfd": 323, "io_uring_setup": 425, "open_by_handle_at": 304,
        "name_to_handle_at": 303, "kexec_load": 246, "init_module": 175, "reboot": 169,
        "swapon": 167, "keyctl": 250, "add_key": 248, "setsid": 112, "setpgid": 109,
        "personality": 135, "quotactl": 179, "acct": 163, "memfd_create": 319,
        "pidfd_getfd": 438, "pidfd_send_signal": 424, "sched_setaffinity": 203,
        "setpriority": 141, "mincore": 27, "cachestat": 451, "statfs": 137,
        "shmget": 29, "mq_open": 240, "open_tree": 428, "fsopen": 430,
    }  # fmt: skip
    for name, number in numbers.items():
        assert attempt(f"syscall({number}, 0, 0, 0, 0, 0)") == "EPERM", name
    # Newer than the list of this filter, clone3, whose flags it cannot see, and queues of reads.
    for number in (206, 435, 457, 467, 500):
        assert attempt(f"syscall({number}, 0, 0, 0, 0, 0)") == "ENOSYS", number
    for flag in (0x20000, 0x10000000, 0x40000000, 0x20000000):
        assert attempt(f"syscall(56, {flag} | 17, 0, 0, 0, 0)") == "EPERM", hex(flag)
    assert attempt("libc.prctl(1, 0, 0, 0, 0)") == "-1"
    # Of which the kernel looks at the lower half.
    assert attempt("syscall(157, ctypes.c_long(1 << 32 | 1), 0, 0, 0, 0)") == "EPERM"


def test_other_processes_cannot_be_signalled(
    attempt: Printed, session: SandboxedSession, zygote: Zygote
) -> None:
    with zygote.session() as neighbour:
        stat = Path(f"/proc/{neighbour.pid}/stat").read_text()
        zygotes = int(stat.rpartition(")")[2].split()[1])
        outside = (os.getpid(), os.getppid(), zygotes, neighbour.pid)
        for pid in (*outside, neighbour.inner_pid, 1):
            killed = attempt(f"os.kill({pid}, signal.SIGKILL)")
            assert killed in ("PermissionError", "ProcessLookupError")
        attempt("signal.signal(signal.SIGTERM, signal.SIG_IGN) and os.kill(-1, signal.SIGTERM)")
        assert neighbour.run_cell("1", name="c", seconds=5).error is None
        scheduled = f"os.sched_setscheduler({neighbour.inner_pid}, 0, os.sched_param(0))"
        assert attempt(scheduled) == "PermissionError"
    assert session.alive


def test_no_capability_and_no_way_to_gain_one(printed: Printed, zygote: Zygote) -> None:
    status = dict(
        line.split(":\t", 1)
        for line in printed("print(open('/proc/self/status').read())").splitlines()
        if ":\t" in line
    )
    # The one to read what permissions hide, kept only for a Python that others cannot reach.
    reading = 0b100
    for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[name], 16) & ~reading == 0, name
    assert status["NoNewPrivs"].strip() == "1"
    assert status["Seccomp"].strip() == "2"
    if zygote.identity == "own-uid":
        assert os.getuid() not in map(int, status["Uid"].split())


@pytest.mark.parametrize(
    "hide",
    [
        "files.append(os.open('f', os.O_RDWR | os.O_CREAT)); os.unlink('f')\n"
        "    os.write(files[-1], block)",
        "file = open('f', 'w+b'); os.unlink('f'); file.write(block); file.flush()\n"
        "    files.append(mmap.mmap(file.fileno(), 0)); file.close()",
        "os.mkdir('d' * 250); os.chdir('d' * 250); open('f', 'wb').write(block)",
        "os.umask(0); os.makedirs('closed', 0o300, exist_ok=True)\n"
        "    open(f'closed/{number}', 'wb').write(block)",
    ],
    ids=["open without a name", "mapped without a name", "too deep", "in a closed folder"],
)
def test_files_that_are_hidden_count_too(zygote: Zygote, hide: str) -> None:
    source = f"""
import mmap, os, time
files, block = [], bytes(3 << 20)
for number in range(20):
    {hide}
time.sleep(30)
"""
    with (
        zygote.session(limits=Limits(files_mb=20)) as session,
        pytest.raises(SessionDiedError, match="20 MiB or"),
    ):
        session.run_cell(source, name="cell 1", seconds=20)


@pytest.mark.usefixtures("processes")
def test_forks_that_share_their_memory_are_not_mistaken_for_a_bomb(zygote: Zygote) -> None:
    source = (
        "import os, time\nx = b'x' * (200 << 20)\n"
        "children = [os.fork() or (time.sleep(1.5), os._exit(0)) for _ in range(6)]\n"
        "for child in children: os.waitpid(child, 0)"
    )
    with zygote.session(limits=Limits(memory_mb=600)) as session:
        assert session.run_cell(source, name="c", seconds=20).error is None


@pytest.mark.usefixtures("processes")
def test_a_program_that_detaches_itself_ends_with_the_session(
    session: SandboxedSession, run: Run
) -> None:
    result = run("!setsid sleep 70 || echo refused\nimport os\nattached = os.getpgid(0)")
    assert "refused" in result.outputs[0]["text"]
    assert session.get(Name("attached"), seconds=5) == session.inner_pid


def test_the_grader_s_environment_is_not_inherited(
    monkeypatch: pytest.MonkeyPatch, zygote: Zygote
) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", "s3cret")
    with Zygote(preload=[], level=zygote.level) as fresh, fresh.session() as session:
        result = session.run_cell(
            "import os\nprint(dict(os.environ), open('/proc/self/environ').read())",
            name="c",
            seconds=5,
        )
    assert "s3cret" not in str(result.outputs)
    assert "HOME" in str(result.outputs)


def test_only_the_wire_is_open(printed: Printed) -> None:
    found = printed("import os; print(sorted(map(int, os.listdir('/proc/self/fd'))))")
    # The last is the one that lists them.
    assert found == "[0, 1, 2, 3, 4]\n"


def test_where_landlock_is_too_old_seccomp_keeps_signals_in() -> None:
    source = """
import os, signal
from autograder.sandbox.walls import identity, seccomp
program = seccomp.program("user-namespace", scoped=False)
identity.forbid_new_privileges()
child = os.fork()
if child == 0:
    seccomp.enforce(program)
    os.kill(os.getpid(), 0)
    for pid in (os.getppid(), 0, -1):
        try: os.kill(pid, 0)
        except PermissionError: print(pid > 0, 'refused', flush=True)
    try: os.truncate('/dev/null', 0)
    except PermissionError: print('not truncated', flush=True)
    os._exit(0)
os.waitpid(child, 0)
"""
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "True refused", "False refused", "False refused", "not truncated"
    ], done.stderr  # fmt: skip
