"""Changing JSON at random: the same attacker for hypothesis and for atheris."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from typing import Any

# Numbers, texts and containers that readers stumble over.
ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2.0, 0.5, 1 << 62, 1 << 63, -(1 << 70), 10**40, 1e308,
    float("nan"), float("inf"), "", "a", "a\0b", "\ud800", "😀" * 1100, "x" * 1001, "nan", "0x1f",
    [], {}, [[]], [1, 1], [None, None], [[], []], {"a": 1},
]  # fmt: skip


def mangled(value: Any, draw: random.Random, junk: Sequence[Any], times: int = 1) -> Any:
    """Return a copy of `value` in which `times` things are replaced, copied, nested or gone."""
    whole = {"": copy.deepcopy(value)}
    for _ in range(times):
        _mangle(whole, draw, junk)
    return whole[""]


def _mangle(whole: dict[str, Any], draw: random.Random, junk: Sequence[Any]) -> None:
    found = list(_places(whole))
    container, key = draw.choice(found)
    match draw.randrange(6):
        case 0 | 1:
            container[key] = copy.deepcopy(draw.choice(junk))
        case 2:
            other, place = draw.choice(found)
            container[key] = copy.deepcopy(other[place])
        case 3 if container is not whole:
            del container[key]
        case 4 if isinstance(container, list):
            container.extend([container[key]] * draw.choice([1, 2, 100]))
        case _:
            container[key] = [container[key]]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(item, dict | list):
            yield from _places(item)
