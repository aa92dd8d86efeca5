"""Memory and processes of a session counted by the kernel, where it was left to us."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import Limits
from autograder.errors import SandboxError, SessionDiedError
from autograder.sandbox import Zygote
from autograder.sandbox.walls import cgroups

OURS = f"autograder-{os.getpid()}-"
SWELL = "import os, time\nfor _ in range(3): os.fork()\nx = b'x' * (400 << 20)\ntime.sleep(20)"


@pytest.fixture
def groups() -> Path:
    """Where groups can be made here."""
    reason = cgroups.why_not()
    if reason is not None:
        pytest.skip(reason)
    return cgroups.find()


@pytest.fixture
def zygote(each_level: Zygote) -> Zygote:
    return each_level


def group_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cgroup").read_text()


def test_a_session_and_what_it_starts_are_in_a_group_that_ends_with_it(
    groups: Path, zygote: Zygote
) -> None:
    with zygote.session() as session:
        session.run_cell("import os, time\nif not os.fork(): time.sleep(60)", name="c", seconds=5)
        (made,) = groups.glob(f"{OURS}*")
        inhabitants = [int(pid) for pid in (made / "cgroup.procs").read_text().split()]
        assert session.pid in inhabitants
        assert len(inhabitants) == 2
        assert OURS not in group_of(os.getpid())
    assert not made.exists()


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("by", ["the kernel", "the watchdog"])
def test_processes_that_swell_together_end_the_session(
    zygote: Zygote, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by == "the watchdog":
        monkeypatch.setattr(cgroups, "make", lambda memory, processes: None)
    elif (reason := cgroups.why_not()) is not None:
        pytest.skip(reason)
    with (
        zygote.session(limits=Limits(memory_mb=600)) as session,
        pytest.raises(SessionDiedError, match="more than 600 MiB of memory together"),
    ):
        session.run_cell(SWELL, name="c", seconds=20)


@pytest.mark.usefixtures("groups", "processes")
def test_a_child_that_the_kernel_ended_ends_the_session_before_it_answers(zygote: Zygote) -> None:
    source = """
import os
for _ in range(4):
    if not os.fork():
        hoard = []
        while True: hoard.append(b'x' * (1 << 24))
while True:
    try: os.wait()
    except ChildProcessError: break
print('nothing happened')
"""
    with (
        zygote.session(limits=Limits(memory_mb=300)) as session,
        pytest.raises(SessionDiedError, match="more than 300 MiB of memory together"),
    ):
        session.run_cell(source, name="c", seconds=20)


def test_groups_of_a_grader_that_was_killed_are_removed_by_the_next(groups: Path) -> None:
    source = (
        "import os, signal\nfrom autograder.sandbox.walls import cgroups\n"
        "cgroups.make(1 << 30, 4)\nprint(os.getpid(), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    pattern = f"autograder-{int(killed.stdout)}-*"
    assert list(groups.glob(pattern))
    cgroups.remove_stale(groups)
    assert not list(groups.glob(pattern))


class Machine:
    """The files of a machine with cgroup v2, which this one may not have."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.scope = root / "sys/fs/cgroup/user.slice/run.scope"
        self.scope.mkdir(parents=True)
        self.write("proc/self/cgroup", "0::/user.slice/run.scope\n")
        self.write(
            "proc/self/mountinfo",
            "24 1 0:21 / /proc rw - proc proc rw\n"
            "30 24 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n",
        )
        self.write(self.scope / "cgroup.type", "domain\n")
        self.write(self.scope / "cgroup.controllers", "cpu memory pids\n")
        self.write(self.scope / "cgroup.subtree_control", "\n")
        self.inhabited_by({os.getpid(): os.getppid()})

    def write(self, path: str | Path, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def inhabited_by(self, parents: dict[int, int]) -> None:
        self.write(self.scope / "cgroup.procs", "".join(f"{pid}\n" for pid in parents))
        for pid, parent in parents.items():
            self.write(f"proc/{pid}/stat", f"{pid} (a) name) S {parent} 1 1")

    def delegate(self) -> None:
        try:
            os.setxattr(self.scope, "user.delegate", b"1")
        except OSError as error:
            pytest.skip(f"no extended attributes here: {error}")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_groups_are_made_where_systemd_left_it_to_us(machine: Machine) -> None:
    machine.delegate()
    assert cgroups.find(machine.root) == machine.scope
    # A group with limits for others has no processes of its own.
    leaf = machine.scope / "autograder-graders"
    assert (leaf / "cgroup.procs").read_text() == str(os.getpid())
    assert (machine.scope / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_another_grader_in_the_leaf_uses_the_same_place(machine: Machine) -> None:
    machine.write("proc/self/cgroup", "0::/user.slice/run.scope/autograder-graders\n")
    machine.write(machine.scope / "cgroup.subtree_control", "memory pids\n")
    assert cgroups.find(machine.root) == machine.scope


def test_a_group_that_is_not_ours_is_left_alone(machine: Machine) -> None:
    with pytest.raises(SandboxError, match="not delegated"):
        cgroups.find(machine.root)
    assert not list(machine.scope.glob("autograder-*"))


def test_a_group_in_which_others_live_is_left_alone(machine: Machine) -> None:
    machine.delegate()
    machine.inhabited_by({os.getpid(): os.getppid(), 4_000_001: 1})
    with pytest.raises(SandboxError, match="not ours"):
        cgroups.find(machine.root)
    assert (machine.scope / "cgroup.subtree_control").read_text() == "\n"


def test_processes_with_a_common_parent_in_the_group_are_ours(machine: Machine) -> None:
    machine.delegate()
    machine.inhabited_by({4_000_001: 1, os.getpid(): 4_000_001, 4_000_002: 4_000_001})
    assert cgroups.find(machine.root) == machine.scope


def test_a_group_without_controllers_is_no_use(machine: Machine) -> None:
    machine.write(machine.scope / "cgroup.controllers", "hugetlb\n")
    with pytest.raises(SandboxError, match="no memory or pids"):
        cgroups.find(machine.root)
