"""The session's half of the conversation: requests in, replies out, over one namespace.

The same runtime answers in a sealed process (`worker`) and in the caller's own (`local`), so
that a function behaves alike wherever it lives.

    request   {"id": 7, "op": "call" | "call_each" | "get" | "has" | "run_cell" | "variants",
               "target", "value", "forget": [handles that are used no more]}
    reply     {"id": 7, "held": [callbacks that are still alive here], and one of
               "ok": node, "mutated": [names]
               "error": {"type", "message", "trace", "missing"}
               "refused": "value too large: …"}
    callback  {"id": 7, "callback": 0, "value": [args, kwargs]}    from here, while 7 is open
    its end   {"id": 7, "returned": node}  or  {"id": 7, "raised": {"type", "message"}}
"""

from __future__ import annotations

import hashlib
import inspect
import json
import random
import sys
import threading
import traceback
import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np

from autograder.errors import WireError
from autograder.sandbox.session import inert
from autograder.sandbox.session.interface import MAX_KEPT
from autograder.sandbox.session.repeated import as_one, copied, refilled, spoil
from autograder.sandbox.wire import (
    Attribute,
    Buffer,
    Decoder,
    Encoder,
    Handle,
    Item,
    Json,
    Message,
    Name,
    Target,
    WireLimits,
    decode,
)

Ask = Callable[[dict[str, Json], list[Buffer]], Message]

_MAX_TRACE = 20
# Not one that a task names: a student who forgets to seed must not seem to have done so.
_SEED = 20_263_141


class CallbackError(Exception):
    """A function of the grader, called from here, raised; only type and message travel."""


class _MissingError(Exception):
    """The target of a request does not exist."""


class Runtime:
    """Answers requests about `namespace`.

    Args:
        namespace: where names are looked up.
        limits: how large a message may be.
        ask: sends a callback to the other side and returns its answer.
        label: the words for a file name of a traceback ("cell 7 (mlp)"), or None when it
            is no code of the student's.
        run_cell: runs a cell's source under a name and returns its outputs and error.
        around: entered around every cell, call and read.
        through: exceptions that are not answered but left to the caller.
    """

    def __init__(
        self,
        namespace: dict[str, Any],
        *,
        limits: WireLimits,
        ask: Ask,
        label: Callable[[str], str | None],
        run_cell: Callable[[str, str], dict[str, Any]],
        around: Callable[[], AbstractContextManager[None]] = nullcontext,
        through: tuple[type[BaseException], ...] = (),
    ) -> None:
        self.namespace = namespace
        self._limits = limits
        self._ask = ask
        self._label = label
        self._run_cell = run_cell
        self._around = around
        self._through = through
        self._thread = threading.get_ident()
        self._kept: dict[int, object] = {}
        self._kept_as: dict[int, int] = {}
        self._kept_ever = 0
        self._held: dict[int, weakref.ref[Callable[..., object]]] = {}

    def answer(self, message: dict[str, Json], buffers: list[Buffer]) -> Message:
        """Serve one request and return its reply."""
        for number in message["forget"]:
            self._kept_as.pop(id(self._kept.pop(number, None)), None)
        reply, out = self._answer(message, buffers)
        self._held = {number: ref for number, ref in self._held.items() if ref() is not None}
        reply["held"] = list(self._held)
        return reply, out

    def _answer(self, message: dict[str, Json], buffers: list[Buffer]) -> Message:
        number = message["id"]
        self._thread = threading.get_ident()
        try:
            return self._serve(number, message, buffers)
        except self._through:
            raise
        except WireError as error:
            return {"id": number, "refused": str(error)}, []
        except _MissingError as error:
            cause = error.__cause__
            return {"id": number, "error": self.describe(cause, missing=True)}, []
        except BaseException as error:
            return {"id": number, "error": self.describe(error)}, []

    def describe(self, error: BaseException | None, *, missing: bool = False) -> dict[str, Json]:
        """Return what may be said about an exception: type, text, lines in student's cells."""
        trace = []
        try:
            message = str(error)
            if isinstance(error, SyntaxError):  # its own text names a file that nobody has
                message = f"{error.msg} (line {error.lineno})"
        except BaseException:
            message = "(its message cannot be shown)"
        if error is not None:
            for frame, line in traceback.walk_tb(error.__traceback__):
                label = self._label(frame.f_code.co_filename)
                if label is not None:
                    function = frame.f_code.co_name
                    inside = "" if function.startswith("<module") else f", in {function}"
                    trace.append(f"{label}, line {line}{inside}")
        return {
            "type": encodable(type(error).__name__)[:100],
            "message": encodable(message)[:2000],
            "trace": [encodable(line)[:300] for line in trace[-_MAX_TRACE:]],
            "missing": missing,
        }

    def _serve(self, number: int, message: dict[str, Json], buffers: list[Buffer]) -> Message:
        decoder = Decoder(
            buffers,
            self._limits,
            on_callback=lambda callback: self._function(number, callback),
            on_target=self._resolve,
        )
        target = None if message["target"] is None else decoder.target(message["target"])
        value: Any = decoder.decode(message["value"])
        decoder.finish()
        mutated: list[str] = []
        with self._around():
            match message["op"]:
                case "run_cell":
                    result: object = self._run_cell(*value)
                case "has":
                    result = value in self.namespace
                case "variants":
                    inert.set_variants(value)
                    result = None
                case "get":
                    assert target is not None
                    result = self._resolve(target)
                case "call":
                    assert target is not None
                    result, mutated = self._call(self._resolve(target), *value)
                case "call_each":
                    assert target is not None
                    result, mutated = self._call_each(self._resolve(target), *value)
                case op:
                    raise WireError(f"unknown request {op!r}")
        node, out = self._encode(result)
        return {"id": number, "ok": node, "mutated": mutated}, out

    def _call(
        self, function: Any, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> tuple[object, list[str]]:
        named: list[tuple[int | str, object]] = [*enumerate(args), *kwargs.items()]
        before = {key: self._fingerprint(value) for key, value in named if _is_mutable(value)}
        result = function(*args, **kwargs)
        changed = [
            key for key, value in named if key in before and self._fingerprint(value) != before[key]
        ]
        return result, [encodable(name)[:100] for name in _parameter_names(function, changed)]

    def _call_each(
        self,
        function: Any,
        calls: tuple[tuple[tuple[object, ...], dict[str, object]], ...],
        emptied: bool,
    ) -> tuple[object, list[str]]:
        """Call a function with each of some arguments.

        The results are returned as they were at once, and as they are before the last call, by
        when what was passed may be `emptied`. The last call is made after something was written
        into all of them. Where a call has arrays of the same sizes as the one before, they are the
        same arrays with other numbers in them, as in a loop that fills one array again and again.
        Arguments with the same numbers are one array, as in attention(X, X, X).
        """
        results: list[object] = []
        now: list[object] = []
        later: list[object] = []
        changed: list[str] = []
        passed: Any = None
        everything: list[Any] = []
        for number, (args, kwargs) in enumerate(calls, 1):
            if number == len(calls):
                for before in everything if emptied else ():
                    for value in (*before[0], *before[1].values()):
                        if isinstance(value, (dict, list)):
                            value.clear()
                later = [copied(result) for result in results]
                for result in results:
                    spoil(result)
            if number > 1:
                args, kwargs = refilled(passed, (args, kwargs), results)
            passed = args, kwargs = as_one(args, kwargs)
            everything.append(passed)
            result, mutated = self._call(function, args, kwargs)
            results.append(result)
            now.append(copied(result))
            changed += mutated
        return (tuple(now), tuple(later)), list(dict.fromkeys(changed))

    def _resolve(self, target: Target) -> object:
        """Return the object that `target` names; _MissingError when there is none."""
        try:
            match target:
                case Name(name):
                    if name not in self.namespace:
                        raise NameError(f"name '{name}' is not defined")
                    return self.namespace[name]
                case Handle(number):
                    return self._kept[number]
                case Attribute(inner, name):
                    return getattr(self._resolve(inner), name)
                case Item(inner, key):
                    container: Any = self._resolve(inner)
                    return container[key]
        except (NameError, AttributeError, LookupError) as error:
            raise _MissingError from error

    def _encode(self, value: object) -> tuple[Json, list[Buffer]]:
        encoder = Encoder(self._limits, self._keep)
        try:
            return encoder.encode(value), encoder.buffers
        except WireError:
            raise
        except Exception as error:
            # Only a class of the student's own that breaks what its base class promises.
            raise WireError(f"value cannot be sent: {type(error).__name__}") from None

    def _keep(self, value: object) -> Json:
        number = self._kept_as.get(id(value))
        if number is None:
            if len(self._kept) >= MAX_KEPT:
                raise WireError(f"more than {MAX_KEPT:,} objects were returned to the grader")
            number = self._kept_ever
            self._kept_ever += 1
            self._kept[number] = value
            self._kept_as[id(value)] = number
        name = encodable(type(value).__name__)[:200]
        return {"t": "handle", "id": number, "type": name, "callable": callable(value)}

    def _function(self, request: int, number: int) -> Callable[..., object]:
        """Return the grader's function `number` as one that can be called here."""

        def function(*args: object, **kwargs: object) -> object:
            if threading.get_ident() != self._thread:
                raise RuntimeError("the function can only be called from the main thread")
            node, buffers = self._encode((args, kwargs))
            reply, received = self._ask({"id": request, "callback": number, "value": node}, buffers)
            if "raised" in reply:
                raised = reply["raised"]
                raise CallbackError(f"{raised['type']}: {raised['message']}")
            return decode(
                reply["returned"],
                received,
                self._limits,
                on_callback=lambda callback: self._function(request, callback),
                on_target=self._resolve,
            )

        self._held[number] = weakref.ref(function)
        return function

    def _fingerprint(self, value: object) -> object:
        """Return something that differs when the value was changed in place."""
        encoder = Encoder(self._limits, lambda other: ["object", id(other)])
        try:
            node = json.dumps(encoder.encode(value))
        except (WireError, ValueError):
            return object()
        return node, [hashlib.blake2b(raw).digest() for raw in encoder.buffers]


def _is_mutable(value: object) -> bool:
    torch = sys.modules.get("torch")
    tensors = () if torch is None else (torch.Tensor,)
    # A tuple is no container to write to, but what it holds may be.
    if type(value) is tuple:
        return any(map(_is_mutable, value))
    return isinstance(value, (list, dict, set, np.ndarray, *tensors))


def _parameter_names(function: Any, changed: list[int | str]) -> list[str]:
    """Return the parameters' names for positions, "argument 2" where they have none."""
    names: list[str] = []
    try:
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind not in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
                break
            names.append(parameter.name)
    except Exception:
        names = []
    return [
        key if isinstance(key, str) else names[key] if key < len(names) else f"argument {key + 1}"
        for key in changed
    ]


def encodable(text: str) -> str:
    """Return text that UTF-8 can carry."""
    return str.encode(text, "utf-8", "replace").decode("utf-8")


def seed_everything() -> None:
    """Seed Python's, numpy's and torch's generators, so that a verdict can be repeated."""
    random.seed(_SEED)
    np.random.seed(_SEED)
    torch = sys.modules.get("torch")
    # torch.manual_seed would also note every call for GPUs that nobody has woken yet.
    if torch is not None:
        torch.default_generator.manual_seed(_SEED)
        if torch.cuda.is_initialized():
            torch.cuda.manual_seed_all(_SEED)
