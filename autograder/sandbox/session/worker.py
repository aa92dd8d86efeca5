"""The body of a session's process: serve requests until the grader hangs up."""

from __future__ import annotations

import os
import random
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NoReturn

# Here, in the zygote: numpy loads it late, and every session would do that again.
from numpy.random import bit_generator

from autograder.errors import WireError
from autograder.sandbox.session import inert, shell
from autograder.sandbox.session.runtime import Runtime, encodable, seed_everything
from autograder.sandbox.wire import Buffer, Channel, Json, Message, WireLimits

_entropy = random.Random(0)


def serve(
    wire: socket.socket,
    kernel: shell.Shell,
    limits: WireLimits,
    output_kb: int,
    *,
    reseed: bool = True,
) -> NoReturn:
    """Answer the requests that come over `wire`; never returns.

    With `reseed` the random generators start anew for each, without it once for all.

    The student's code may change this process, `json` or IPython: that changes its own answers
    only, and the grader believes none of them.
    """
    channel = _OwnChannel(wire, limits)
    shell.collector.limit = output_kb * 1024
    shell.take_over_streams()
    inert.install()
    # Generators without a seed, `np.random.default_rng()`, start alike every time.
    if hasattr(bit_generator, "randbits"):
        bit_generator.randbits = _entropy.getrandbits
    if not reseed:
        _seed()

    def ask(message: dict[str, Json], buffers: list[Buffer]) -> Message:
        channel.send(message, buffers, None)
        while True:
            reply, received = channel.receive(None)
            if "op" not in reply:
                return reply, received
            # The function we called calls us in turn.
            _reply_to(channel, runtime, reply, received)

    def run_cell(source: str, name: str) -> dict[str, Any]:
        outputs, error = shell.run_cell(kernel, source, name)
        return {
            "outputs": _all_encodable(outputs),
            "error": None if error is None else runtime.describe(error),
        }

    runtime = Runtime(
        kernel.user_ns,
        limits=limits,
        ask=ask,
        label=kernel.compile.label,
        run_cell=run_cell,
        around=partial(_tidy, reseed),
    )
    try:
        while True:
            _reply_to(channel, runtime, *channel.receive(None))
    except (EOFError, BrokenPipeError):
        os._exit(0)
    except BaseException:
        os._exit(70)


class _OwnChannel(Channel):
    """The wire of this process only: a child that a cell forks ends where it would speak."""

    def __init__(self, wire: socket.socket, limits: WireLimits) -> None:
        super().__init__(wire, limits)
        self._owner = os.getpid()

    def write(self, frame: Sequence[Buffer], deadline: float | None) -> None:
        """Send the parts of a frame."""
        if os.getpid() != self._owner:
            os._exit(0)
        super().write(frame, deadline)


def _reply_to(
    channel: Channel, runtime: Runtime, message: dict[str, Json], buffers: list[Buffer]
) -> None:
    """Serve one request, and say so where the answer is too large to be sent."""
    reply, out = runtime.answer(message, buffers)
    try:
        channel.send(reply, out, None)
    except WireError as error:
        refusal = {"id": message["id"], "refused": str(error), "held": reply["held"]}
        channel.send(refusal, [], None)


@contextmanager
def _tidy(reseed: bool) -> Iterator[None]:
    """Seed before, if asked to, and drop the figures that a call left open after."""
    if reseed:
        _seed()
    try:
        yield
    finally:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None and pyplot.get_fignums():
            pyplot.close("all")


def _seed() -> None:
    seed_everything()
    _entropy.seed(0)


def _all_encodable(node: Any) -> Any:
    """Return outputs whose text UTF-8 can carry."""
    if isinstance(node, str):
        return encodable(node)
    if isinstance(node, dict):
        return {key: _all_encodable(item) for key, item in node.items()}
    if isinstance(node, list):
        return [_all_encodable(item) for item in node]
    return node
