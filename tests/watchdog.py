"""A test that hangs fails alone: its processes are killed and it is told so, where it stands.

The limit of pyproject.toml is generous, because it counts seconds of the wall: it says that
nothing will come any more, never that something was slow.
"""

from __future__ import annotations

import faulthandler
import signal
from collections.abc import Generator
from types import FrameType

import psutil
import pytest

_AGAIN = 60.0  # seconds until a test that swallowed the interrupt gets another


class Hang(KeyboardInterrupt):
    """Raised in a test that hangs; like somebody's Ctrl-C it passes through what catches errors."""


def pytest_timeout_set_timer(item: pytest.Item, settings: object) -> bool:
    """Start the clock of one test in place of pytest-timeout's own."""
    seconds: float = settings.timeout  # type: ignore[attr-defined]
    before = set(psutil.Process().children(recursive=True))

    def stop(number: int, frame: FrameType | None) -> None:
        for process in set(psutil.Process().children(recursive=True)) - before:
            process.kill()
        raise Hang(f"{item.nodeid} hangs: it was stopped after {seconds:g} s")

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    # What does not come back to Python at all ends the process, as the last resort.
    faulthandler.dump_traceback_later(2 * seconds, exit=True)
    return True


def pytest_timeout_cancel_timer(item: pytest.Item) -> bool:
    """Stop the clock."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    faulthandler.cancel_dump_traceback_later()
    return True


@pytest.hookimpl(wrapper=True)
def _failing() -> Generator[None, object, object]:
    """Make a failure of what would otherwise end the whole run."""
    try:
        return (yield)
    except Hang as hang:
        pytest.fail(str(hang))


pytest_runtest_setup = pytest_runtest_call = pytest_runtest_teardown = _failing
# What a fixture raises pytest keeps for all that share it, if it is a failure.
pytest_fixture_setup = _failing
