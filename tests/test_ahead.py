"""Cells that are sent ahead: what comes of them is what comes of cells sent one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell
from test_plain_course import course_with, hand_in, marked, source

from autograder.authoring import build
from autograder.course import Limits
from autograder.errors import SandboxError, SessionDiedError
from autograder.grading.attempt import Attempt
from autograder.notebook import Cell
from autograder.sandbox import LocalSession, Name, Session, Zygote

LIMITS = Limits(cell_seconds=2)
SOURCES = (
    "import random; x = random.random(); print(x)",
    "1 / 0",
    "y = 'a' * 2000; y[:3]",
    "\ud800",
    "print(x == random.random(), len(y))",
)

PEEK = """
import socket
wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=3)
try:
    waiting = wire.recv(1 << 16, socket.MSG_PEEK | socket.MSG_DONTWAIT)
except BlockingIOError:
    waiting = b""
wire.detach()
seen, leaked = b"visible" in waiting, b"SECRET" in waiting
"""


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(preload=[], limits=LIMITS) as zygote:
        yield zygote


def cells(sources: Sequence[str]) -> list[Cell]:
    return [
        Cell(text, "code", "free", None, f"cell {number}", new_code_cell(text))
        for number, text in enumerate(sources, start=1)
    ]


def run(
    zygote: Zygote, sources: Sequence[str], *, ahead: bool
) -> tuple[Attempt, list[list[dict[str, Any]]]]:
    """Run all cells; return the attempt, its session closed, and what each printed."""
    attempt = Attempt(zygote.session, LIMITS)
    todo = cells(sources)
    outputs = [
        attempt.run(cell, ahead=todo[count:] if ahead else ())
        for count, cell in enumerate(todo, start=1)
    ]
    attempt.close()
    return attempt, outputs


@pytest.mark.parametrize(
    "sources",
    [
        SOURCES,
        ["x = 1", "import os; os._exit(3)", "x", "y = 2", "x + y"],
        ["x = 1", "while True: pass", "x", "x + 1"],
        ["x = 1", "import os; os.write(3, b'x' * 100)", "x", "x + 1"],
        [f"print({number})" for number in range(100)],
        [f"x{number} = '{'a' * 5000}'" for number in range(20)] + ["len(x19)"],
    ],
    ids=["exceptions", "ends", "hangs", "forges", "many", "long"],
)
def test_the_results_are_those_of_cells_run_one_by_one(
    zygote: Zygote, sources: Sequence[str]
) -> None:
    (one, slow), (two, quick) = (run(zygote, sources, ahead=ahead) for ahead in (False, True))
    assert quick == slow
    assert two.lost == one.lost
    assert two.problems == one.problems


def test_a_local_session_runs_them_in_order_too() -> None:
    with LocalSession({}) as session:
        first = session.run_cell("x = [1]", name="a", seconds=1, ahead=[("x.append(2)", "b")])
        assert first.error is None
        assert session.is_ahead
        session.run_cell("x.append(2)", name="b", seconds=1)
        assert not session.is_ahead
        assert session.get(Name("x"), seconds=1) == [1, 2]


def test_nothing_else_can_be_asked_before_them(zygote: Zygote) -> None:
    with zygote.session() as session:
        session.run_cell("x = 1", name="a", seconds=5, ahead=[("y = 2", "b")])
        with pytest.raises(SandboxError, match="sent ahead"):
            session.get(Name("x"), seconds=5)
        with pytest.raises(SandboxError, match="b was sent ahead of c"):
            session.run_cell("z = 3", name="c", seconds=5)


class LateLoss(LocalSession):
    """A session that is found to be over the limits while the cell after `culprit` runs."""

    def _exchange(self, *args: Any) -> Any:
        reply = super()._exchange(*args)
        # The cell has answered; what a later one has begun is noticed before that is read.
        begun = {name for _, (_, name) in self._ahead}
        if "culprit" in self._runtime.namespace or "cell 3" in begun:
            self.close()
            raise SessionDiedError("its processes used more than 512 MiB of memory together")
        return reply


def test_a_loss_costs_the_cell_that_causes_it_and_none_before(zygote: Zygote) -> None:
    made: list[Session] = []

    def fork() -> Session:
        made.append(LateLoss({}))
        return made[-1]

    attempt = Attempt(fork, LIMITS)
    todo = cells(["a = 1", "b = a + 1", "culprit = 1", "print(b)"])
    outputs = [attempt.run(cell, ahead=todo[n:]) for n, cell in enumerate(todo, start=1)]
    assert attempt.lost == {"cell 3"}
    assert outputs[0] == outputs[1] == []
    assert outputs[3][0]["text"] == "2\n"
    assert len(made) == 3


def test_a_hidden_test_is_never_there_before_its_turn(tmp_path: Path) -> None:
    hidden = "### BEGIN HIDDEN TESTS\nassert not leaked  # SECRET\n### END HIDDEN TESTS"
    course = course_with(tmp_path, {"a": source("1.0 * seen  # visible", f"assert f\n{hidden}")})
    build(course)
    hand_in(course, "a", answer=f"f = 1\n{PEEK}")
    first, second = marked(course).tasks
    # The cell after it waits on the wire, which shows that this looks at the right place.
    assert first.points == 1
    assert second.points == 1, second.note
