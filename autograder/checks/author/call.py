"""The arguments of one call of a student's function, and the same said in other ways."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Call:
    """The arguments of one call: `values` by name, and the `sizes` they were drawn with.

    `positional` are passed by place, `named` by name: the optional ones. Values whose names begin
    with `_` are passed to nobody but those who ask.
    """

    values: dict[str, Any]
    sizes: dict[str, Any]
    positional: tuple[Any, ...]
    named: dict[str, Any]

    @property
    def passed(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """What is passed by place and by name."""
        return self.positional, self.named

    def having(self, values: dict[str, Any]) -> Call:
        """Return the same call with other values, by name."""
        named = {name: values[name] for name in self.named}
        passed = [name for name in values if name[0] != "_" and name not in named]
        by_place = tuple(values[name] for name in passed)
        return replace(self, values=values, positional=by_place, named=named)

    def pass_to(self, function: Callable[..., Any]) -> Any:
        """Return what `function` returns for these arguments.

        A parameter of its own behind a `*` gets the size or the value of that name.
        """
        known = {**self.sizes, **self.values}
        parameters: Iterable[inspect.Parameter] = ()
        with suppress(TypeError, ValueError):  # some functions of C have no signature
            parameters = inspect.signature(function).parameters.values()
        asked = [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]
        named = {name: known[name] for name in asked if name in known}
        return function(*self.positional, **(self.named | named))

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def turned(call: Call) -> Call:
    """Return the call with the same arrays, laid down in memory as a transpose is."""

    def laid(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: laid(each) for key, each in value.items()}
        if type(value) is list:
            return list(map(laid, value))
        return np.asfortranarray(value) if isinstance(value, np.ndarray) else value

    named = {key: laid(value) for key, value in call.named.items()}
    return replace(call, positional=tuple(map(laid, call.positional)), named=named)


def reordered(call: Call) -> Call:
    """Return the call with every other dictionary turned round, so that no two agree in order."""
    number = count(dictionaries(all_passed(call)) > 1)

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            keys = list(value) if next(number) % 2 else list(reversed(value))
            return {key: turned(value[key]) for key in keys}
        return type(value)(map(turned, value)) if type(value) in (list, tuple) else value

    named = {key: turned(value) for key, value in call.named.items()}
    return replace(call, positional=tuple(map(turned, call.positional)), named=named)


def all_passed(call: Call) -> list[Any]:
    """Return every value that is passed, by place and by name."""
    return [*call.positional, *call.named.values()]


def dictionaries(value: Any) -> int:
    """Return how many dictionaries a value is or holds."""
    if isinstance(value, dict):
        return 1 + sum(map(dictionaries, value.values()))
    return sum(map(dictionaries, value)) if isinstance(value, list | tuple) else 0


def by_name(call: Call) -> Call:
    """Return the call with every argument passed by its name."""
    passed = [key for key in call.values if not key.startswith("_") and key not in call.named]
    named = dict(zip(passed, call.positional, strict=True))
    return replace(call, positional=(), named={**named, **call.named})


def by_place(call: Call) -> Call:
    """Return the call with every argument passed by its place."""
    return replace(call, positional=(*call.positional, *call.named.values()), named={})
