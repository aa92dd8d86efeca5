"""A battery of calls that a right answer stands: equal sizes, sizes of 1, calls after one another.

    @task("attention")
    def test_attention_in_all_sizes(student, reference, rng):
        attention.battery(student, rng, reference, without={"large": "scores up to 1000 only"})

The calls are derived from the declaration of a `Function` and made in one exchange with the
session. `without` leaves out an entry by its name, with the reason for those who read the check:

"other values"  a second call with the same sizes and settings
"D = H"         two sizes are equal, for each pair of them
"equal sizes"   all of them are
"N = 1"         a size is 1, for each of them
"B = ()"        no axes in front; "B = (1,)" and "B = (2, 3)" likewise
"B equal"       one axis in front, as long as all other sizes
"other X"       the first call with another value of one argument, for each of them
"large"         normal numbers times 1000, or times `large` of the declaration
"tiny"          normal numbers times 1e-6, or times `tiny` of the declaration, and those between
                -a and a
"negative"      their absolute values with a minus; "positive" without
"zero"          zeros in all arrays of such numbers; "zero X" in one of them
"some zero"     every third number of arrays with two axes and more is zero
"balanced"      numbers that add up to exactly zero along every axis
"first only X"  zeros in all rows of X but the first, and in "last only X" but the last
"one array"     arguments of equal sizes are the same array
"repeated"      rows that are all the same, and some that occur twice; whole numbers too
"sorted"        numbers sorted along the first axis, whole numbers too
"all True"      masks that forbid nothing
"memory"        arrays whose first axis, not the last, is the nearest in memory
"order"         dictionaries with their entries in another order
"by name"       every argument by its name
"by place"      every argument by its place, the optional ones too
"kept"          each result still holds after all other calls
"again"         the first call once more, after somebody has written into all results

Entries with unusual numbers whose right answer is not finite are left out by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import Any, Protocol

import numpy as np

from autograder.checks.author.arg import Argument, fixed, parts
from autograder.checks.author.call import (
    Call,
    all_passed,
    by_name,
    by_place,
    dictionaries,
    reordered,
    turned,
)
from autograder.checks.author.values import Array
from autograder.errors import CourseError

Change = Callable[[Array], Array]

_NORMAL = ("normal", "weights")
_SIGNED = (*_NORMAL, "symmetric")
_ORDERED = (*_SIGNED, "uniform", "integers")


@dataclass(frozen=True)
class _Change:
    """What is done to arguments of some kinds, how a message says it, a factor for atol."""

    kinds: tuple[str, ...]
    change: Change
    where: str
    scale: float = 1.0


def _some_zero(array: Array) -> Array:
    """Return the numbers with zeros among them, in every third place along each axis."""
    # Vectors stay: where a bias is zero, too, a ReLU may be at its kink.
    if array.ndim < 2:
        return array
    places = sum(number * (1 + axis % 2) for axis, number in enumerate(np.indices(array.shape)))
    return np.where(places % 3 == 0, 0.0, array)


def _balanced(array: Array) -> Array:
    """Return numbers no larger than these that add up to exactly zero along every axis."""
    found = np.round(array * 2.0**20) / 2.0**20  # sums of such numbers are not rounded
    for axis in range(array.ndim):
        if array.shape[axis] > 1:
            found = (found - np.roll(found, 1, axis)) / 2
    return found


_CHANGES = {
    "negative": _Change(_SIGNED, lambda a: -np.abs(a), "for negative numbers"),
    "positive": _Change(_SIGNED, np.abs, "for positive numbers"),
    "zero": _Change(_SIGNED, np.zeros_like, "for zeros"),
    # An array may not be taken for zeros because one of them is, or because their sum is.
    "some zero": _Change(_SIGNED, _some_zero, "where some numbers are zero"),
    "balanced": _Change(_SIGNED, _balanced, "for numbers whose sums are zero"),
    "repeated": _Change(_ORDERED, lambda a: a[:1].repeat(len(a), 0), "for rows that repeat"),
    "sorted": _Change(_ORDERED, lambda a: np.sort(a, axis=0), "for sorted numbers"),
    "all True": _Change(("mask",), np.ones_like, "for masks that are True everywhere"),
}
_TWICE = _Change(_ORDERED, lambda a: a[np.arange(len(a)) * 2 // 3], "for rows that occur twice")
_SIZES, _NUMBERS, _CALLS = "for distinct sizes", "for other numbers", "in other calls"
_USUAL = 3  # of equal sizes


@dataclass(frozen=True)
class Entry:
    """One call of a battery.

    `right` and `where` are the halves of a message: "right for distinct sizes, wrong where D = H".
    `asked` is the call that a student gets where it is said in another way than to the truth,
    `scale` a factor for the absolute tolerance.
    """

    name: str
    right: str
    where: str
    call: Call
    asked: Call
    scale: float = 1.0

    @property
    def of_numbers(self) -> bool:
        """Whether only the numbers are unusual, which a truth may have no answer to."""
        return self.right == _NUMBERS


@dataclass(frozen=True)
class _Plan:
    """An entry before its arguments are drawn, which takes longer than to leave it out."""

    name: str
    right: str
    where: str
    draw: Callable[[], Call]
    say: Callable[[Call], Call] = lambda call: call
    scale: float = 1.0

    def entry(self) -> Entry:
        call = self.draw()
        return Entry(self.name, self.right, self.where, call, self.say(call), self.scale)


class Declared(Protocol):
    """A declared function, as far as a battery needs it."""

    name: str
    arguments: dict[str, Argument]
    values_of: dict[str, tuple[int, ...]]
    large: float
    tiny: float

    def draw(self, rng: np.random.Generator, **given: Any) -> Call:
        """Draw the arguments of one call."""
        ...


def battery(
    function: Declared,
    rng: np.random.Generator,
    without: Mapping[str, str],
    also: Mapping[str, Mapping[str, Any]],
    given: Mapping[str, Any],
) -> list[Entry]:
    """Return the calls of a battery: an ordinary one first, and last that one again.

    `also` are calls of the author's: what a message says of each ("where T = 0"), and what is
    given. Raises CourseError where `without` names no entry.
    """
    first = function.draw(rng, **given)
    plans = list(_plans(function, rng, first, given))
    known = [*(plan.name for plan in plans), "kept"]
    for name in without:
        if name not in known:
            raise CourseError(
                f"Function {function.name}: its battery has no entry {name!r} ({', '.join(known)})"
            )
    for where, changes in also.items():
        draw = _drawing(function, rng, {**given, **changes})
        plans.insert(-1, _Plan(where, _CALLS, where, draw))
    kept = [plan.entry() for plan in plans if plan.name not in without]
    return [Entry("", "", "", first, first), *kept]


def _drawing(
    function: Declared, rng: np.random.Generator, given: Mapping[str, Any]
) -> Callable[[], Call]:
    return lambda: function.draw(rng, **given)


def _plans(
    function: Declared, rng: np.random.Generator, first: Call, given: Mapping[str, Any]
) -> Iterator[_Plan]:
    def drawn(changes: Mapping[str, Any]) -> Callable[[], Call]:
        return _drawing(function, rng, {**given, **changes})

    free = {name: size for name, size in first.sizes.items() if name not in given}
    # First of all: answers kept by size look like those that are wrong for some sizes.
    settings = _settings(function, first, given)
    other = drawn({**free, **settings})
    yield _Plan("other values", "at first", "in a second call, with other values", other)
    for name, sizes in _sizes(function, free):
        where = "where all sizes are equal" if name.endswith("equal") else f"where {name}"
        yield _Plan(name, _SIZES, where, drawn(sizes))
    open_arguments = {key: function.arguments[key] for key in first.values if key not in given}
    made_of = {name for each in function.arguments.values() for name in each.takes}
    for key, each in open_arguments.items():
        if each.kind not in ("fixed", "size") and key[0] != "_" and key not in made_of:
            another = partial(_with_another, rng, first, key, each)
            yield _Plan(f"other {key}", "at first", f"with another `{key}`", another)
    large, tiny = function.large, function.tiny
    sizes_of_numbers = {
        "large": _Change(_NORMAL, lambda a: large * a, "for large numbers", large**2),
        # Even where two of them are multiplied, five digits are still looked at.
        "tiny": _Change(_SIGNED, lambda a: tiny * a, "for tiny numbers", 1e4 * tiny**2),
    }
    changes = (*sizes_of_numbers.items(), *_CHANGES.items(), ("repeated", _TWICE))
    for name, change in changes:
        changed: dict[str, Any] = {
            key: _changed(each, change)
            for key, each in open_arguments.items()
            if _has_any(each, change.kinds)
        }
        if changed:
            of_first = free if name == "zero" else {}
            draw = drawn({**of_first, **changed})
            yield _Plan(name, _NUMBERS, change.where, draw, scale=change.scale)
    yield from _one_array(function, rng, free, given, open_arguments)
    signed = [key for key, each in open_arguments.items() if _has_any(each, _SIGNED)]
    if len(signed) > 1:
        for key in signed:
            # In the first call's sizes: a state that is kept may be used where a start is zero.
            zeros = {**free, key: _changed(open_arguments[key], _CHANGES["zero"])}
            yield _Plan(f"zero {key}", _NUMBERS, f"where `{key}` is zero", drawn(zeros))
    for key in signed:
        for which, row in (("first", 0), ("last", -1)):
            only = {key: _changed(open_arguments[key], _Change(_SIGNED, _only(row), ""))}
            where = f"where only the {which} row of `{key}` is not zero"
            if _has_rows(open_arguments[key]):
                yield _Plan(f"{which} only {key}", _NUMBERS, where, drawn(only))

    def again() -> Call:
        return first

    in_front = {name: (2, 3) for name, size in free.items() if isinstance(size, tuple)}
    if in_front or any(
        isinstance(each, np.ndarray) and each.ndim > 1 for each in all_passed(first)
    ):
        laid = drawn({**free, **in_front}) if in_front else again
        yield _Plan("memory", _CALLS, "for arrays such as `X.T`", laid, turned)
    if dictionaries(all_passed(first)):
        yield _Plan("order", _CALLS, "with dictionaries in another order", again, reordered)
    if first.positional:
        yield _Plan("by name", _CALLS, "with every argument by its name", again, by_name)
    optional = [key for key, each in function.arguments.items() if each.optional]
    if optional:
        # With the first sizes: an answer kept by size knows nothing of the optional arguments.
        left_out = dict.fromkeys((key for key in optional if key not in given), ...)
        whole = drawn({**free, **left_out})
        yield _Plan("by place", _CALLS, "with every argument by its place", whole, by_place)
    where = "when it is called again after its results were written to"
    yield _Plan("again", "at first", where, again)


def _one_array(
    function: Declared,
    rng: np.random.Generator,
    free: Mapping[str, Any],
    given: Mapping[str, Any],
    arguments: Mapping[str, Argument],
) -> Iterator[_Plan]:
    """Yield the call in which all drawn arrays that may be equal are, where there are two."""
    normal = [key for key, each in arguments.items() if each.kind == "normal" and not each.optional]
    sizes = [name for name, size in free.items() if not isinstance(size, tuple)]
    size = _common(function, sizes)
    shapes = [" ".join(arguments[key].shape.split()) for key in normal]
    if len(normal) < 2 or (size is None and len(set(shapes)) == len(shapes)):
        return
    call = function.draw(rng, **{**given, **(dict.fromkeys(sizes, size) if size else {})})
    groups: dict[Any, list[str]] = {}
    for key in normal:
        if isinstance(call.values[key], np.ndarray):
            groups.setdefault(call.values[key].shape, []).append(key)
    groups = {shape: keys for shape, keys in groups.items() if len(keys) > 1}
    if not groups:
        return
    shared: dict[str, Argument] = {}
    for keys in groups.values():
        make = fixed(call.values[keys[0]]).make
        shared |= {key: replace(arguments[key], make=make) for key in keys}
    # Drawn anew: other arguments may be made of these, as a state is of the inputs.
    chosen = {name: size for name, size in call.sizes.items() if name not in given}
    same = function.draw(rng, **{**given, **chosen, **shared})
    named = ", ".join(f"`{key}`" for keys in groups.values() for key in keys)
    yield _Plan("one array", _NUMBERS, f"where {named} are one array", lambda: same)


def _settings(function: Declared, first: Call, given: Mapping[str, Any]) -> dict[str, Argument]:
    """Return the drawn arguments that are no data, such as a stride, as they are in `first`."""
    found = {}
    for key, value in first.values.items():
        drawn = given.get(key, ...)
        argument = function.arguments[key] if drawn is ... else drawn
        if isinstance(argument, Argument) and argument.kind == "own" and _is_setting(value):
            found[key] = replace(argument, make=fixed(value).make)
    return found if len(found) < len(first.values) else {}


def _is_setting(value: Any) -> bool:
    inside = value if isinstance(value, tuple) else (value,)
    return all(isinstance(each, int | str) for each in inside)


def _sizes(function: Declared, free: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield names and values of sizes that are equal, or 1, as far as they may be."""
    sizes = [name for name, size in free.items() if not isinstance(size, tuple)]
    for a, b in combinations(sizes, 2):
        size = _common(function, (a, b))
        if size:
            yield f"{a} = {b}", {a: size, b: size}
    size = _common(function, sizes)
    if size and len(sizes) > 2:
        yield "equal sizes", dict.fromkeys(sizes, size)
    for name in sizes:
        if 1 in function.values_of.get(name, (1,)):
            yield f"{name} = 1", {name: 1}
    for name in free:
        if name not in sizes:
            for axes in ((), (1,), (2, 3)):
                yield f"{name} = {axes}", {name: axes}
            if size:
                yield f"{name} equal", {name: (size,), **dict.fromkeys(sizes, size)}


def _common(function: Declared, names: tuple[str, ...] | list[str]) -> int | None:
    """Return a size above 1 that all of these may have."""
    bound = [set(function.values_of[name]) for name in names if name in function.values_of]
    if not bound:
        return _USUAL
    return min((size for size in set.intersection(*bound) if size > 1), default=None)


def _only(row: int) -> Change:
    """Return a change that puts zeros in all rows except this: in the last axis but one."""

    def only(array: Array) -> Array:
        if array.ndim < 2 or array.shape[-2] == 0:
            return array
        found = np.zeros_like(array)
        found[..., row, :] = array[..., row, :]
        return found

    return only


def _has_rows(argument: Argument) -> bool:
    return len(argument.shape.split()) > 1 or any(map(_has_rows, argument.parts.values()))


def _has_any(argument: Argument, kinds: tuple[str, ...]) -> bool:
    return argument.kind in kinds or any(_has_any(part, kinds) for part in argument.parts.values())


def _changed(argument: Argument, change: _Change) -> Argument:
    """Return an argument whose arrays of the change's kinds are changed once they are drawn."""
    if argument.parts:
        each = {key: _changed(part, change) for key, part in argument.parts.items()}
        return parts(each, argument.container)
    if argument.kind not in change.kinds:
        return argument

    def make(rng: np.random.Generator, known: Mapping[str, Any]) -> Any:
        drawn = argument.make(rng, known)
        value = np.asarray(drawn)
        # An array without axes stays one: indexing would make a number of it.
        if value.ndim:
            return change.change(value)
        number = change.change(value[None])[0]
        return np.asarray(number) if isinstance(drawn, np.ndarray) else number.item()

    return replace(argument, make=make)


def _with_another(rng: np.random.Generator, call: Call, key: str, argument: Argument) -> Call:
    """Return the call with an argument drawn anew, for the same sizes."""
    anew = argument.make(rng, {**call.sizes, **call.values})
    return call.having({**call.values, key: anew})
