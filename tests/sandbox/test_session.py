from __future__ import annotations

import itertools
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autograder.course import Limits
from autograder.errors import (
    MissingNameError,
    SandboxError,
    SessionDiedError,
    SessionTimeoutError,
    WireError,
)
from autograder.sandbox import (
    Attribute,
    CellResult,
    Handle,
    Name,
    SandboxedSession,
    Zygote,
    choose_level,
)

Run = Callable[[str], CellResult]

# What a student who has found the wire needs to speak on it.
FORGE = """
import os, json, struct
def frame(message):
    raw = json.dumps(message).encode()
    return struct.pack("<4sII", b"AGW1", len(raw), 0) + raw
"""


def in_group(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_function_an_object_and_a_callback_work_from_afar(
    session: SandboxedSession, run: Run
) -> None:
    run(
        "import numpy as np, torch\n"
        "class MLP(torch.nn.Module):\n"
        "    def __init__(self, n):\n"
        "        super().__init__()\n"
        "        self.W = torch.nn.Parameter(torch.ones(n, 2))\n"
        "    def forward(self, x): return x @ self.W\n"
        "def slope(f, x, h=1e-6): return (f(x + h) - f(x - h)) / (2 * h)\n"
    )
    net = session.call(Name("MLP"), (3,), {}, seconds=5).value
    assert isinstance(net, Handle)
    assert net.type_name == "MLP"
    torch = pytest.importorskip("torch")
    out = session.call(Attribute(net, "forward"), (torch.ones(1, 3),), {}, seconds=5).value
    assert torch.equal(out, torch.full((1, 2), 3.0))
    assert session.get(Attribute(net, "W"), seconds=5).shape == (3, 2)  # type: ignore[attr-defined]
    slope = session.call(Name("slope"), (np.sin, 0.0), {}, seconds=5).value
    assert slope == pytest.approx(1.0)
    with pytest.raises(MissingNameError):
        session.get(Name("nothing"), seconds=5)


def test_calls_and_callbacks_nest(session: SandboxedSession, run: Run) -> None:
    run("def apply(f, x): return f(x)\ndef square(x): return x * x")

    def through(x: object) -> object:
        return session.call(Name("square"), (x,), {}, seconds=5).value

    assert session.call(Name("apply"), (through, 7), {}, seconds=5).value == 49


def test_a_hanging_call_ends_its_session(session: SandboxedSession, run: Run) -> None:
    run("def hang():\n    while True: pass")
    with pytest.raises(SessionTimeoutError):
        session.call(Name("hang"), (), {}, seconds=0.3)
    assert not session.alive
    assert not in_group(session.pid)
    with pytest.raises(SessionDiedError):
        session.get(Name("hang"), seconds=1)


def test_time_spent_in_callbacks_counts(session: SandboxedSession, run: Run) -> None:
    run("def forever(f):\n    while True: f()")
    with pytest.raises(SessionTimeoutError):
        session.call(Name("forever"), (lambda: None,), {}, seconds=0.3)


def test_what_one_call_sends_to_a_function_of_a_check_has_an_end(
    zygote: Zygote,
) -> None:
    flood = (
        "import numpy as np\n"
        "def flood(f, count):\n"
        "    for _ in range(count): f(np.zeros(1 << 17))\n"  # a MiB
    )
    kept: list[object] = []
    with zygote.session(limits=Limits(wire_mb=2)) as session:
        session.run_cell(flood, name="cell 1", seconds=10)
        for _ in range(2):  # each call has as much
            session.call(Name("flood"), (kept.append, 20), {}, seconds=10)
        with pytest.raises(WireError, match="more was sent to functions of a check"):
            session.call(Name("flood"), (kept.append, 1000), {}, seconds=10)
        assert not session.alive
    assert 40 < len(kept) < 40 + 33


def test_a_session_that_dies_between_requests_is_found_dead(
    session: SandboxedSession, run: Run
) -> None:
    run("import os, threading; threading.Timer(0.05, lambda: os._exit(1)).start()")
    with pytest.raises(SessionDiedError, match="exit code 1"):
        all(session.has("os") for _ in itertools.count())


@pytest.mark.parametrize(
    "message",
    [
        {"id": 2, "ok": {"outputs": 1, "error": None}, "mutated": []},
        {"id": 2, "ok": 42, "mutated": [], "held": [None]},
        {"id": 1, "ok": 42, "mutated": []},
        {"id": 3, "ok": 42, "mutated": []},
        {"id": True, "ok": 42, "mutated": []},
        {"id": 2, "ok": 42, "mutated": [], "verdict": "passed"},
        {"id": 2, "ok": 42, "mutated": "x"},
        {"id": 2, "ok": 42, "mutated": ["\n"]},
        {"id": 2, "ok": {"t": "pickle", "v": "x"}, "mutated": []},
        {"id": 2, "callback": 0, "value": {"t": "tuple", "v": []}},
        {"id": 1, "callback": 0, "value": {"t": "tuple", "v": []}},
        {"id": 2, "callback": 99, "value": {"t": "tuple", "v": [{"t": "tuple", "v": []}, 1]}},
        {"id": 2, "error": {"type": "E"}},
        {"id": 2, "error": {"type": "E", "message": 1, "trace": [], "missing": False}},
        {"id": 2, "error": {"type": "\ud800", "message": "", "trace": [], "missing": False}},
        {"id": 2, "refused": ["x"]},
        {"ready": True},
        {},
    ],
    ids=lambda message: json.dumps(message)[:60],
)
def test_a_forged_reply_is_refused_and_costs_the_session(
    session: SandboxedSession, run: Run, message: dict[str, object]
) -> None:
    run(FORGE)
    text = json.dumps({"held": [], **message} if "id" in message else message)
    with pytest.raises(WireError):
        run(f"os.write(3, frame(json.loads({text!r})))\nimport time; time.sleep(9)")
    assert not session.alive


@pytest.mark.usefixtures("processes")
def test_closing_leaves_no_process_and_no_file(
    zygote: Zygote, home_of: Callable[[SandboxedSession], Path]
) -> None:
    session = zygote.session()
    folder = home_of(session)
    session.run_cell(
        "!(sleep 60 & sleep 61 &) ; nohup sleep 62 >/dev/null 2>&1 &\n"
        "import os\nfor name in ('a', 'a/b'): os.mkdir(name)\n"
        "open('a/b/c', 'w').write('x'); os.chmod('a/b', 0); os.chmod('a', 0)\n",
        name="c",
        seconds=5,
    )
    assert folder.is_dir()
    session.close()
    assert not folder.exists()
    assert not in_group(session.pid)


def test_data_can_be_read_and_not_written(zygote: Zygote, data_dir: Path) -> None:
    (data_dir / "points.csv").write_text("1,2\n")
    with zygote.session(data_dir=data_dir, student="ada") as session:
        source = (
            "import os; print(open('data/points.csv').read(), os.environ['AUTOGRADER_STUDENT'])"
        )
        assert session.run_cell(source, name="c", seconds=5).outputs[0]["text"] == "1,2\n ada\n"
        for attempt in (
            "open('data/points.csv', 'a')",
            "open('data/new', 'w')",
            "import os; os.remove('data/points.csv')",
            "import os; os.truncate('data/points.csv', 0)",
        ):
            error = session.run_cell(attempt, name="c", seconds=5).error
            assert error is not None
            assert error.type in ("PermissionError", "OSError"), attempt
    assert (data_dir / "points.csv").read_text() == "1,2\n"


def test_data_that_the_zygote_does_not_know_cannot_be_shown(zygote: Zygote, tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="not made with it as visible"):
        zygote.session(data_dir=tmp_path)


def test_a_zygote_that_cannot_start_says_why() -> None:
    with pytest.raises(SandboxError, match="no_such_module"):
        Zygote(preload=["no_such_module"], level="none")


def test_sessions_without_walls_have_to_be_asked_for() -> None:
    assert choose_level("none") == "none"
    with pytest.raises(SandboxError):
        choose_level("open")
    with Zygote(preload=[], level="none") as zygote, zygote.session() as session:
        assert zygote.level == "none"
        assert session.run_cell("1", name="c", seconds=5).error is None


def test_a_course_inside_what_sessions_may_read_is_refused() -> None:
    with pytest.raises(SandboxError, match="keep the course somewhere else"):
        Zygote(preload=[], hidden=[Path(sys.prefix) / "course"])


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("level", ["auto", pytest.param("landlock", marks=pytest.mark.ci)])
def test_nothing_outlives_a_grader_that_is_killed(
    zygote_at: Callable[[str], Zygote], level: str
) -> None:
    level = zygote_at(level).level
    source = (
        "import sys, time\nfrom autograder.sandbox import Zygote\n"
        f"zygote = Zygote(preload=[], level={level!r})\nsession = zygote.session()\n"
        "session.run_cell('!sleep 100 &', name='c', seconds=5)\n"
        "home = session.run_cell('import os; print(os.getcwd())', name='c', seconds=5)\n"
        "stat = open(f'/proc/{session.pid}/stat').read()\n"
        "print(stat.rsplit(')')[1].split()[1], session.pid, home.outputs[0]['text'], flush=True)\n"
        "time.sleep(100)"
    )
    grader = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    assert grader.stdout is not None
    zygote, session, home = grader.stdout.readline().split()
    watched = [os.pidfd_open(int(pid)) for pid in (zygote, session)]
    grader.send_signal(signal.SIGKILL)
    grader.communicate()
    for process in watched:
        poll = select.poll()
        poll.register(process, select.POLLIN)
        assert poll.poll(20_000), "the zygote or the session is still there"
        os.close(process)
    gone = {
        "what the session started": lambda: not in_group(int(session)),
        "its folder": lambda: not Path(home).parent.exists(),
    }
    for what, is_gone in gone.items():
        deadline = time.monotonic() + 20
        while not is_gone():
            assert time.monotonic() < deadline, f"{what} is still there"
            time.sleep(0.05)
