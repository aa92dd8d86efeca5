"""A session as the grader holds it: run cells, call functions, fetch values.

Nothing that comes back is trusted: values are rebuilt from the wire, outputs are validated and
texts are clipped. Every failure is one of the `SessionError`s.
"""

from __future__ import annotations

import errno
import os
import time
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from weakref import WeakValueDictionary

from autograder.errors import SessionDiedError, SessionError, StudentError, WireError
from autograder.sandbox.wire import (
    Buffer,
    Encoder,
    Handle,
    Json,
    Message,
    Target,
    WireLimits,
    cell_outputs,
    decode,
    student_error,
)

MAX_CALLBACKS = MAX_KEPT = 10_000
# How often a callback may call the session, which calls back, and so on.
# Each level holds the arguments of a callback, so that it may cost a message's memory.
_MAX_NESTED = 4
# Seconds for requests that run nothing of the student's unless they put it there.
_ASIDE = 10.0


@dataclass(frozen=True)
class CellResult:
    """The outputs of a cell as nbformat has them, the exception if one ended it, seconds."""

    outputs: list[dict[str, Any]]
    error: StudentError | None
    seconds: float


@dataclass(frozen=True)
class CallResult:
    """A returned value, and the names of arguments changed in place, as told by the session."""

    value: object
    mutated: tuple[str, ...]


class Session(ABC):
    """A notebook's namespace, alive somewhere else.

        with zygote.session() as session:
            session.run_cell("def double(x): return 2 * x", name="cell 1", seconds=5)
            session.call(Name("double"), (21,), {}, seconds=1).value  # 42

    Every method raises StudentError for an exception over there, MissingNameError when the
    target does not exist, SessionTimeoutError and SessionDiedError when the session is lost,
    and WireError for an answer that is refused.
    """

    def __init__(self, limits: WireLimits, output_kb: int) -> None:
        self._limits = limits
        self._output_bytes = output_kb * 1024
        self._open = True
        self._requests = 0
        self._nested = 0
        self._callbacks: dict[int, Callable[..., object]] = {}
        self._callbacks_sent = 0
        self._handles: WeakValueDictionary[int, Handle] = WeakValueDictionary()
        self._unused_handles: set[int] = set()
        self._failure: BaseException | None = None
        self._short_of_room = False  # as far as an exception says so

    def run_cell(self, source: str, *, name: str, seconds: float) -> CellResult:
        """Run a cell as a notebook would; `name` is how tracebacks call it."""
        start = time.perf_counter()
        answer, _ = self._request("run_cell", None, (source, name), seconds)
        elapsed = time.perf_counter() - start
        try:
            if type(answer) is not dict or set(answer) != {"outputs", "error"}:
                raise WireError("malformed answer to a cell")
            error = None if answer["error"] is None else self._raised(answer["error"])
            return CellResult(cell_outputs(answer["outputs"], self._output_bytes), error, elapsed)
        except WireError:
            self.close()
            raise

    def call(
        self, target: Target, args: tuple[object, ...], kwargs: dict[str, object], *, seconds: float
    ) -> CallResult:
        """Call `target`; functions among the arguments can be called back from there."""
        return CallResult(*self._request("call", target, (tuple(args), dict(kwargs)), seconds))

    def call_each(
        self,
        target: Target,
        calls: Sequence[tuple[tuple[object, ...], dict[str, object]]],
        *,
        seconds: float,
        emptied: bool = False,
    ) -> tuple[list[CallResult], list[object]]:
        """Call `target` for each of some arguments; return the results, and those before the last
        as they are after all calls before it.

        A result that further calls write into is another value then. The last call is made after
        something was written into all results. With `emptied`, the dictionaries and lists that
        were passed are empty by then.
        """
        value, mutated = self._request("call_each", target, (tuple(calls), emptied), seconds)
        match value:
            case (tuple() as first, tuple() as later) if len(first) == len(calls) == len(later) + 1:
                return [CallResult(each, mutated) for each in first], list(later)
        self.close()
        raise WireError("malformed answer to calls")

    def get(self, target: Target, *, seconds: float) -> object:
        """Return the value of `target`, or a Handle when it is not a value."""
        return self._request("get", target, None, seconds)[0]

    def has(self, name: str) -> bool:
        """Return whether the notebook defines `name`."""
        return self._request("has", None, name, _ASIDE)[0] is True

    def set_variants(self, numbers: dict[str, dict[str, Any]]) -> None:
        """Say what `autograder.variant(task)` answers inside the session."""
        self._request("variants", None, numbers, _ASIDE)

    @property
    def alive(self) -> bool:
        """True until the session is closed or lost."""
        return self._open

    @property
    def disturbed(self) -> bool:
        """True where the session was lost in a way that others on the machine may have caused."""
        return False

    @abstractmethod
    def close(self) -> None:
        """End the session, with everything that runs in it."""

    @property
    def spent(self) -> float:
        """The seconds that all requests so far count against a limit, 0 where there is none."""
        return 0.0

    @abstractmethod
    def _exchange(self, request: Message, seconds: float) -> Message:
        """Send a request and return the reply to it, serving its callbacks meanwhile."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _request(
        self, op: str, target: Target | None, value: object, seconds: float
    ) -> tuple[object, tuple[str, ...]]:
        request = self._compose(op, target, value)
        if not self._open:
            raise SessionDiedError("the session has ended")
        outer, self._failure = self._failure, None
        self._nested += 1
        try:
            return self._read_reply(request[0]["id"], *self._exchange(request, seconds))
        finally:
            self._nested -= 1
            self._failure = outer

    def _compose(self, op: str, target: Target | None, value: object) -> Message:
        if self._nested >= _MAX_NESTED:
            raise WireError("calls and callbacks are nested too deep")
        self._requests += 1
        encoder = Encoder(self._limits, self._send_other)
        message = {
            "id": self._requests,
            "op": op,
            "target": None if target is None else encoder.encode(target),
            "value": encoder.encode(value),
            "forget": sorted(self._unused_handles),
        }
        self._unused_handles.clear()
        return message, encoder.buffers

    def _read_reply(
        self, number: int, reply: dict[str, Json], buffers: list[Buffer]
    ) -> tuple[object, tuple[str, ...]]:
        try:
            if type(reply.get("id")) is not int or reply["id"] != number:
                raise WireError("a message arrived that answers nothing")
            self._keep_callbacks(reply.pop("held", None))
            if set(reply) == {"id", "ok", "mutated"}:
                value = self._decode(reply["ok"], buffers)
                return value, _names(reply["mutated"])
            if set(reply) == {"id", "refused"} and type(reply["refused"]) is str and not buffers:
                refusal: SessionError = WireError(ascii(reply["refused"][:300])[1:-1])
            elif set(reply) == {"id", "error"} and not buffers:
                refusal = self._raised(reply["error"])
            else:
                raise WireError("a message arrived that is not of this protocol")
        except WireError:
            self.close()
            raise
        # A session that refused politely, or whose function raised, is as good as before.
        raise refusal from self._failure

    def _raised(self, node: Json) -> StudentError:
        error = student_error(node)
        self._short_of_room |= os.strerror(errno.ENOSPC) in error.message
        return error

    def _decode(self, node: Json, buffers: list[Buffer]) -> object:
        return decode(node, buffers, self._limits, on_handle=self._one_handle)

    def _one_handle(self, handle: Handle) -> Handle:
        """Return the same handle for the same object, and note when it is no longer in use."""
        known = self._handles.get(handle.id)
        if known is not None:
            return known
        if len(self._handles) >= MAX_KEPT:
            raise WireError("too many objects were returned")
        self._handles[handle.id] = handle
        self._unused_handles.discard(handle.id)
        weakref.finalize(handle, self._unused_handles.add, handle.id).atexit = False
        return handle

    def _keep_callbacks(self, held: Json) -> None:
        """Forget the functions that the session holds no longer."""
        # A set of any integers could take hours to build: they can be chosen to share a hash.
        if type(held) is not list or not all(
            type(number) is int and 0 < number <= self._callbacks_sent for number in held
        ):
            raise WireError("a message arrived that is not of this protocol")
        numbers = set(held)
        for number in [number for number in self._callbacks if number not in numbers]:
            del self._callbacks[number]

    def _send_other(self, value: object) -> Json:
        if not callable(value):
            raise WireError(f"an object of type {type(value).__name__} cannot be sent to a session")
        if len(self._callbacks) >= MAX_CALLBACKS:
            raise WireError("too many functions were sent to one session")
        self._callbacks_sent += 1
        self._callbacks[self._callbacks_sent] = value
        return {"t": "callback", "id": self._callbacks_sent}

    def _serve_callback(self, message: dict[str, Json], buffers: list[Buffer]) -> Message:
        """Call our function that the session asks for; its exceptions travel as text."""
        if set(message) != {"id", "callback", "value"}:
            raise WireError("a message arrived that is not of this protocol")
        index = message["callback"]
        # Taken out, so that its JSON is not kept for as long as our function runs.
        value = self._decode(message.pop("value"), buffers)
        if type(index) is not int or index not in self._callbacks:
            raise WireError("a callback that does not exist was called")
        match value:
            case (tuple() as args, dict() as kwargs) if all(type(key) is str for key in kwargs):
                pass
            case _:
                raise WireError("malformed callback")
        encoder = Encoder(self._limits, self._send_other)
        try:
            returned = encoder.encode(self._callbacks[index](*args, **kwargs))
        except Exception as error:
            if isinstance(error, SessionError) and not self.alive:
                raise
            self._failure = error
            raised = {"type": type(error).__name__, "message": str(error)[:2000]}
            return {"id": message["id"], "raised": raised}, []
        return {"id": message["id"], "returned": returned}, encoder.buffers


def _names(names: Json) -> tuple[str, ...]:
    if type(names) is not list or len(names) > 1000:
        raise WireError("malformed list of arguments")
    for name in names:
        if type(name) is not str or len(name) > 100 or not name.isprintable():
            raise WireError("malformed list of arguments")
    return tuple(names)
