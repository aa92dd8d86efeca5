"""The arguments of one call of a student's function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any


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
