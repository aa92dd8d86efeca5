"""An attacker at the other end of the wire: only SessionErrors come out of the grader's code.

The same attacks at random as in tests/fuzz, in a few seconds; and those that once worked.
"""

from __future__ import annotations

import contextlib
import random
from typing import Any

import numpy as np
import pytest
from fuzz.far_end import (
    JUNK,
    LIMITS,
    OUTPUTS,
    VALUES,
    HostileSession,
    ask,
    encoded,
    frame,
    furnished,
    replies,
    text_of,
)
from fuzz.mangling import mangled
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import SessionDiedError, SessionError, WireError
from autograder.sandbox import CallResult, Name
from autograder.sandbox.session.interface import MAX_KEPT
from autograder.sandbox.wire import Encoder, Json, WireLimits, decode

REPLIES = replies()
# Hypothesis' own randoms prefer the first of everything.
draws = st.integers(0, 1 << 32).map(random.Random)
LAST = frame(text_of({"id": 1, "ok": None, "mutated": [], "held": []}))


def answered(answer: bytes, how: int, limits: WireLimits = LIMITS, seconds: float = 5) -> Any:
    with HostileSession(answer, limits) as session:
        return ask(session, how, seconds)


def refused(message: Json, *buffers: bytes, how: int = 0) -> str:
    with pytest.raises(WireError) as caught:
        answered(frame(text_of(message), buffers) + LAST, how)
    return str(caught.value)


def value(node: Json) -> dict[str, Json]:
    return {"id": 1, "ok": node, "mutated": [], "held": []}


class TestAnyReply:
    @given(st.sampled_from(REPLIES), draws, st.integers(0, 2))
    @settings(max_examples=600, deadline=None)
    def test_with_parts_replaced_copied_or_nested_ends_in_a_session_error_at_worst(
        self, reply: tuple[dict[str, Json], list[bytes]], draw: random.Random, how: int
    ) -> None:
        message = mangled(reply[0], draw, JUNK, times=draw.randint(1, 4))
        buffers = furnished(message, reply[1]) if draw.randrange(3) else reply[1]
        with contextlib.suppress(SessionError):
            answered(frame(text_of(message), buffers) + LAST, how)

    @given(st.sampled_from(OUTPUTS), draws)
    @settings(max_examples=400, deadline=None)
    def test_to_a_cell_with_any_values_among_its_outputs_is_one_at_worst(
        self, output: dict[str, Any], draw: random.Random
    ) -> None:
        answer = mangled({"outputs": [output], "error": None}, draw, VALUES, times=2)
        with contextlib.suppress(SessionError):
            node, buffers = encoded(answer)
            answered(frame(text_of(value(node)), buffers), 1)

    @given(st.data(), st.sampled_from(REPLIES), st.integers(0, 2))
    @settings(max_examples=400, deadline=None)
    def test_with_bytes_changed_cut_or_inserted_ends_in_a_session_error_at_worst(
        self, data: st.DataObject, reply: tuple[dict[str, Json], list[bytes]], how: int
    ) -> None:
        raw = bytearray(frame(text_of(reply[0]), reply[1]))
        for _ in range(data.draw(st.integers(1, 3))):
            start = data.draw(st.integers(0, max(0, len(raw) - 1)))
            match data.draw(st.sampled_from(["flip", "cut", "insert", "drop"])):
                case "flip" if raw:
                    raw[start] ^= 1 << data.draw(st.integers(0, 7))
                case "cut":
                    del raw[start:]
                case "insert":
                    raw[start:start] = data.draw(st.binary(max_size=8))
                case _:
                    del raw[start : start + 3]
        with contextlib.suppress(SessionError):
            answered(bytes(raw), how)


def test_callbacks_of_a_session_that_hangs_up_are_served_until_then() -> None:
    node, _ = encoded(((), {}))
    callback = frame(text_of({"id": 1, "callback": 1, "value": node}))
    calls: list[None] = []
    with HostileSession(callback * 50) as session, pytest.raises(SessionDiedError):
        session.call(Name("f"), (lambda: calls.append(None),), {}, seconds=5)
    assert len(calls) == 50
    assert not session.alive


class TestWhatOnceWorked:
    @pytest.mark.parametrize("number", [0, 1, -1, True, 1 << 61, 10**30], ids=str)
    def test_functions_said_to_be_held_that_were_never_sent(self, number: int) -> None:
        assert "not of this protocol" in refused(value(None) | {"held": [number]})

    def test_held_numbers_that_share_a_hash(self) -> None:
        # All have the hash 0: a set of as many as fit into a message takes most of an hour.
        held = [((1 << 61) - 1) * number for number in range(1, 20_000)]
        reply = frame(text_of(value(None) | {"held": held}))
        with pytest.raises(WireError, match="not of this protocol"):
            answered(reply, 0, WireLimits())

    @pytest.mark.parametrize("kind", ["array", "tensor"])
    @pytest.mark.parametrize(
        "output",
        [
            [["output_type", None]],
            [["output_type", "stream"], ["name", None], ["text", ""]],
            [["output_type", "error"], ["ename", ""], ["evalue", ""], ["traceback", None]],
            [["output_type", "display_data"], ["data", None], ["metadata", None]],
        ],
        ids=["kind", "stream", "error", "picture"],
    )
    def test_arrays_where_an_output_has_words(self, kind: str, output: list[list[Any]]) -> None:
        buffers = []
        for field in output:
            if field[1] is None:
                field = [field[0], {"t": kind, "dtype": "int8", "shape": [2], "b": len(buffers)}]
                buffers.append(b"ab")
            output = [field if pair[0] == field[0] else pair for pair in output]
        answer = [["outputs", [{"t": "dict", "v": output}]], ["error", None]]
        assert "malformed output" in refused(value({"t": "dict", "v": answer}), *buffers, how=1)

    def test_calls_and_callbacks_nested_for_ever(self) -> None:
        node, _ = encoded(((), {}))
        frames = [
            frame(text_of({"id": number, "callback": number, "value": node}))
            for number in range(1, 20)
        ]
        depth = 0
        with HostileSession(b"".join(frames)) as session:

            def again() -> object:
                nonlocal depth
                depth += 1
                return session.call(Name("f"), (again,), {}, seconds=5)

            with pytest.raises(SessionError):
                session.call(Name("f"), (again,), {}, seconds=5)
        assert depth == 4

    def test_more_objects_than_a_session_may_keep(self) -> None:
        handles = [
            {"t": "handle", "id": number, "type": "", "callable": False}
            for number in range(MAX_KEPT + 1)
        ]
        with pytest.raises(WireError, match="too many objects"):
            answered(frame(text_of(value(handles))), 0, WireLimits())


def test_text_that_would_swell_in_memory_is_refused_on_both_sides() -> None:
    limits = WireLimits(bytes=4000)
    wide = ("a" * 1100 + "😀").encode()
    text = {"t": "str", "b": 0}
    with pytest.raises(WireError, match="too much text"):
        decode(text, [wide], limits)
    with pytest.raises(WireError, match="too much text"):
        Encoder(limits, lambda other: None).encode(wide.decode())
    assert decode(text, [b"a" * 4000], limits) == "a" * 4000


def test_an_honest_call_that_takes_and_gives_functions_is_answered() -> None:
    node, buffers = encoded(((1,), {"b": np.ones(3)}))
    callback = frame(text_of({"id": 1, "callback": 1, "value": node}), buffers)
    last = frame(text_of({"id": 1, "ok": [1, 2], "mutated": ["w"], "held": [1]}))
    assert answered(callback + last, 2) == CallResult([1, 2], ("w",))
