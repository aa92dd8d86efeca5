"""Code of our own that does not end by itself is ended."""

from __future__ import annotations

import time

import pytest

from autograder.checks.runner.clock import TimedSession, TimeUpError, limited
from autograder.errors import SessionTimeoutError, StudentError
from autograder.sandbox import Name


def for_ever() -> None:
    while True:
        pass


def for_ever_whatever_happens() -> None:
    while True:
        try:
            for_ever()
        except Exception:
            continue


@pytest.mark.parametrize("function", [for_ever, for_ever_whatever_happens])
def test_a_loop_without_end_is_ended(function: object) -> None:
    with pytest.raises(TimeUpError), limited(0.2):
        function()  # type: ignore[operator]


def test_who_only_waits_is_ended_too() -> None:
    def wait() -> None:
        for _ in range(1000):
            time.sleep(0.01)

    with pytest.raises(TimeUpError), limited(0.02):
        wait()


def test_what_ends_in_time_is_left_alone() -> None:
    with limited(0.05):
        value = sum(range(10))
    # Were the clock still running, it would end this.
    started = time.process_time()
    while time.process_time() - started < 0.3:
        value += 1
    assert value > 45


def test_its_own_exception_passes() -> None:
    with pytest.raises(ZeroDivisionError), limited(5):
        1 / 0  # noqa: B018


def test_clocks_may_run_out_one_in_another() -> None:
    with limited(30):
        with pytest.raises(TimeUpError), limited(0.1):
            for_ever()
        assert sum(range(10)) == 45


def test_a_session_whose_call_never_ends_is_lost_and_says_so() -> None:
    session = TimedSession({"f": for_ever, "g": lambda: 1 / 0, "h": lambda: 3}, seconds=0.2)
    assert session.call(Name("h"), (), {}, seconds=60).value == 3
    with pytest.raises(StudentError):
        session.call(Name("g"), (), {}, seconds=60)
    with pytest.raises(SessionTimeoutError):
        session.call(Name("f"), (), {}, seconds=60)
    assert not session.alive
