"""What every session does, done in the zygote first, so that sessions find the way trodden.

Python specialises the code of a function where it lies, and caches what was looked up, the
first times it runs. In a session each such change would copy a page that is shared with the
zygote, and the next session would make the same change, and the same copy, again.
"""

from __future__ import annotations

import linecache
import socket
import sys
from collections.abc import Sequence
from typing import Any

from autograder.sandbox.session import worker
from autograder.sandbox.session.interface import Request, Session
from autograder.sandbox.session.shell import Shell, collector
from autograder.sandbox.wire import Buffer, Channel, Json, Message, Name, WireLimits, pack

# Code is specialised from its eighth run on, a little at a time.
_TIMES = 24
_CELL = """def f(x):
    return x
f(1)
"""


class _Rehearsal(Session):
    """A session whose both ends are here, one request at a time."""

    def __init__(self, kernel: Shell) -> None:
        limits = WireLimits()
        super().__init__(limits, output_kb=64)
        ours, theirs = socket.socketpair()
        self._ours, self._theirs = Channel(ours, limits), Channel(theirs, limits)
        self._answers = worker.runtime(kernel, limits, self._nobody_asks)

    @property
    def alive(self) -> bool:
        return True

    def close(self) -> None:
        self._ours.close()
        self._theirs.close()

    def _exchange(
        self, number: int, requests: Sequence[Request], deadline: float | None
    ) -> Message:
        for request in requests:
            self._ours.write(pack(*request, self._limits), deadline)
            worker.reply_to(self._theirs, self._answers, *self._theirs.receive(deadline))
        return self._ours.receive(deadline)

    def _nobody_asks(self, message: dict[str, Json], buffers: list[Buffer]) -> Message:
        raise AssertionError("the rehearsal calls nothing back")


def rehearse(kernel: Shell) -> None:
    """Run cells, a failing one and a figure among them, and leave nothing of it behind."""
    names = dict(kernel.user_ns)
    with _Rehearsal(kernel) as session:
        for _ in range(_TIMES):
            session.run_cell(_CELL, name="a rehearsal", seconds=10)
            session.call(Name("f"), (1.0,), {}, seconds=10)
        session.run_cell("raise KeyError", name="a rehearsal", seconds=10)
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        figure, axes = pyplot.subplots()
        axes.plot([0, 1], [0, 1], label="x")
        axes.legend()
        axes.set_title("x")
        kernel.display_formatter.format(figure)
        pyplot.close(figure)
        # matplotlib drops its fonts in every process that is forked: here there are none left.
        fonts = getattr(sys.modules["matplotlib.font_manager"], "_get_font", None)
        if fonts is not None:
            fonts.cache_clear()
    _forget(kernel, names)


def _forget(kernel: Shell, names: dict[str, Any]) -> None:
    """Make a kernel new: only `names`, no history, no exception."""
    kernel.reset()  # type: ignore[no-untyped-call]
    kernel.user_ns.update(names)
    # What `reset` leaves of the last inputs.
    history: Any = kernel.history_manager
    for name in ("_i00", "_i", "_ii", "_iii"):
        setattr(history, name, "")
    history.db_input_cache.clear()
    for name in kernel.compile.labels:
        linecache.cache.pop(name, None)
    kernel.compile.labels.clear()
    kernel.compile.cell = "a cell"
    collector.start()
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        vars(sys).pop(name, None)
