"""Limits count what a session computes, and what it waits only in the end."""

from __future__ import annotations

import pytest
from busy import busy

from autograder.course import Limits
from autograder.errors import SessionTimeoutError
from autograder.sandbox import Zygote
from autograder.sandbox.walls.watch import Watch

SPIN = "import time\nend = time.process_time() + {}\nwhile time.process_time() < end: pass"
CHILD = "import os\nif not os.fork():\n    while True: pass\nos.wait()"


def test_a_busy_machine_costs_a_session_nothing(zygote: Zygote) -> None:
    with busy(), zygote.session() as session:
        assert session.run_cell(SPIN.format(0.7), name="cell 1", seconds=1.0).error is None
        assert 0.6 < session.spent < 1.0


@pytest.mark.parametrize("source", [SPIN.format(9), CHILD], ids=["itself", "a child"])
def test_what_computes_ends_by_its_cpu_time(zygote: Zygote, source: str) -> None:
    with zygote.session(limits=Limits(clock_factor=50)) as session:
        with pytest.raises(SessionTimeoutError, match=r"within 0\.5 s of CPU time") as caught:
            session.run_cell(source, name="cell 1", seconds=0.5)
        assert caught.value.waited is None
        assert session.spent >= 0.5


def test_where_the_kernel_says_less_everything_lasts_longer(
    zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Watch, "starved_seconds", lambda self: None)
    sleep = "import time; time.sleep(60)"
    by_the_clock = pytest.raises(SessionTimeoutError, match=r"within 3 s by the clock")
    with zygote.session(limits=Limits(clock_factor=2)) as session, by_the_clock:
        session.run_cell(sleep, name="cell 1", seconds=0.3)


def test_what_sleeps_ends_by_the_clock(zygote: Zygote) -> None:
    with zygote.session(limits=Limits(clock_factor=2)) as session:
        with pytest.raises(SessionTimeoutError, match=r"within 1 s by the clock") as caught:
            session.run_cell("import time; time.sleep(60)", name="cell 1", seconds=0.5)
        assert caught.value.waited == 1
        assert session.spent >= 0.5
