"""A function that a student writes, declared once: arguments, right answers, results.

    @Function.of(
        {"Q": "*B N d", "K": "*B M d", "V": "*B M d_v"}, returns=("the output", "the weights")
    )
    @in_torch
    def attention(Q, K, V):
        weights = torch.softmax(Q @ K.mT / Q.shape[-1] ** 0.5, dim=-1)
        return weights @ V, weights

    @task("attention")
    @pytest.mark.parametrize("sizes", [{"N": 3, "M": 5}, {"B": (2, 4)}], ids=str)
    def test_attention(student, reference, rng, sizes):
        attention.check(student, rng, reference, **sizes)

One call draws the arguments, asks the student, sees that no argument has changed, and compares
the answer with the truth and with the reference. `autograder.checks.author.arg` lists how an
argument is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checks.author.arg import Argument, declared, fixed
from autograder.checks.author.battery import Entry, battery
from autograder.checks.author.call import Call
from autograder.checks.author.compare import ATOL, Names, close, equal, part_of, unchanged
from autograder.checks.author.values import to_array
from autograder.checks.results import CheckFailed
from autograder.checks.runner.student import Student
from autograder.errors import CourseError, StudentError, WireError


class Function:
    """A function that a student writes.

    Args:
        name: its name in the notebook.
        arguments: how each is drawn, in the order of the signature, as `arg` lists. Names in
            shapes are sizes: one name is one size, in all arguments.
            What a name with a `_` in front draws is not passed: others are made of it.
        truth: what computes the right answer, called as the student's function is; parameters
            behind a `*` get sizes and drawn values of these names. None where only the reference
            is asked.
        returns: what messages call the result, a name for each part where several are returned:
            see `close`. Extra keys of a dictionary that is named as a whole are a mistake, beside
            named entries they are not.
        batch: the size that a mean is taken over, so that a forgotten mean is recognised.
        exact: whether the results are compared by `equal`, as masks, ids and texts are.
        sizes: the values that a size may have, where it may not have any: `{"D": (2, 4, 6)}`.
        large: the factor of large numbers in `battery`, where the text promises less than 1000.
        tiny: the factor of tiny numbers in `battery`. A smaller one than 1e-6 finds numbers that
            are taken for zero; it is fair where right answers add no others to them.
        fresh: whether results must be other dictionaries and lists than those that were passed.
        options: tolerances and whatever else `close` takes.

    Raises CourseError for a declaration that does not hold together.
    """

    def __init__(
        self,
        name: str,
        arguments: Mapping[str, Any],
        *,
        truth: Callable[..., Any] | None = None,
        returns: Names = "",
        batch: str | None = None,
        exact: bool = False,
        sizes: Mapping[str, Sequence[int]] | None = None,
        large: float = 1e3,
        tiny: float = 1e-6,
        fresh: bool = False,
        **options: Any,
    ) -> None:
        self.name = name
        self.large = large
        self.tiny = tiny
        self.fresh = fresh
        self.arguments = {key: declared(spec) for key, spec in arguments.items()}
        self.truth = truth
        self.returns = returns or f"the result of `{name}`"
        self.batch = batch
        self.values_of = {key: tuple(values) for key, values in (sizes or {}).items()}
        self._exact = exact
        self._options = options
        self.sizes = tuple(self._sizes_of(self.arguments))
        if "part" in (*self.arguments, *self.sizes):
            raise CourseError(f"Function {name}: 'part' cannot be an argument or a size")
        if batch is not None and batch not in self.sizes:
            raise CourseError(f"Function {name}: there is no size {batch!r} for batch=")

    @classmethod
    def of(
        cls, arguments: Mapping[str, Any], **options: Any
    ) -> Callable[[Callable[..., Any]], Function]:
        """Return a decorator that makes a `Function` of its truth, which bears its name."""
        return lambda truth: cls(truth.__name__, arguments, truth=truth, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return the truth for these arguments."""
        if self.truth is None:
            raise CourseError(f"Function {self.name} has no truth")
        return self.truth(*args, **kwargs)

    def check(
        self,
        student: Student,
        rng: np.random.Generator,
        reference: Student | None = None,
        /,
        *,
        part: Any = None,
        **given: Any,
    ) -> Any:
        """Require the right answer to drawn arguments, which stay as they are, and return it.

        `given` are sizes (`N=3`, `B=(2, 4)`; those left out are drawn, all different) and
        arguments: a value, another declaration such as `arg.mask("1 M")`, or `...` for an optional
        one that is to be drawn as declared. `part` compares one of several results only, by its
        key or its place in the tuple. Raises CheckFailed where the answer is wrong, and CourseError
        where `given` does not fit the declaration.
        """
        if self.truth is None and reference is None:
            raise CourseError(f"Function {self.name}: nothing to compare with: truth or reference")
        drawn = self.draw(rng, **given)
        truth = None if self.truth is None else drawn.pass_to(self.truth)
        found = drawn.pass_to(getattr(student, self.name))
        unchanged(student)
        if self.truth is not None:
            self.compare(found, truth, drawn.sizes, part=part)
        if reference is not None:
            ours = drawn.pass_to(getattr(reference, self.name))
            self.compare(found, ours, drawn.sizes, part=part)
        return found

    def battery(
        self,
        student: Student,
        rng: np.random.Generator,
        reference: Student | None = None,
        /,
        *,
        without: Mapping[str, str] | None = None,
        also: Mapping[str, Mapping[str, Any]] | None = None,
        **given: Any,
    ) -> None:
        """Require right answers to a battery of calls: `autograder.checks.author.battery` has them.

        `without` maps the entries that are left out to the reasons. `also` are calls of the
        author's: how a message says where ("where T = 0"), and what is given for it. `given` is
        as in `check`. Raises CheckFailed with the entry that is answered wrongly, and CourseError
        where the truth cannot answer one.
        """
        without = without or {}
        truth = self.truth or getattr(reference, self.name)
        calls, expected = [], []
        for entry in battery(self, rng, without, also or {}, given):
            right = self._answer(entry, truth)
            if entry.of_numbers and not is_finite(right):
                continue
            calls.append(entry)
            expected.append(right)
        asked = getattr(student, self.name)
        try:
            found, later = asked.each([each.asked.passed for each in calls], emptied=self.fresh)
        except (StudentError, WireError) as error:
            # One of them raised, or lists of numbers are too large for one message.
            for entry, right in zip(calls, expected, strict=True):
                answer = entry.asked.pass_to(asked.at(entry.where) if entry.where else asked)
                self.compare_entry(entry, answer, right)
            if isinstance(error, StudentError):
                raise
            return
        unchanged(student)
        for entry, answer, right in zip(calls, found, expected, strict=True):
            self.compare_entry(entry, answer, right)
        if reference is not None and self.truth is not None:
            # A second oracle, in case the truth is wrong.
            ours = calls[0].call.pass_to(getattr(reference, self.name))
            self.compare_entry(calls[0], found[0], ours)
        if "kept" not in without:
            where = "after further calls, which may not change it"
            for entry, answer, right in zip(calls, later, expected, strict=False):
                self.compare_entry(replace(entry, right="at first", where=where), answer, right)

    def _answer(self, entry: Entry, truth: Callable[..., Any]) -> Any:
        try:
            return entry.call.pass_to(truth)
        except Exception as error:
            raise CourseError(
                f"Function {self.name}: the truth cannot answer {entry.name!r} of its battery "
                f"({type(error).__name__}: {error}): leave it out by `without`"
            ) from error

    def compare_entry(self, entry: Entry, found: Any, expected: Any) -> None:
        """Require that the answer to an entry of a battery is the expected one, and say where."""
        try:
            for part in self._parts(entry):
                right = _largest(expected if part is None else expected[part])
                # As exact as a small answer is small; to large numbers a small one stays small.
                low, high = (1.0, entry.scale) if entry.scale > 1 else (entry.scale, 1.0)
                scale = min(high, max(low, 10 * right if entry.scale > 1 else right))
                self.compare(found, expected, entry.call.sizes, part=part, scale=scale)
        except CheckFailed as failed:
            if not entry.where:
                raise
            raise CheckFailed(
                f"right {entry.right}, wrong {entry.where}: {failed.headline}",
                detail=failed.detail,
                misconception=failed.misconception,
            ) from None

    def _parts(self, entry: Entry) -> list[Any]:
        """Return the results to compare one by one: tiny ones may stand beside others."""
        if entry.scale >= 1 or isinstance(self.returns, str):
            return [None]
        return list(self.returns if isinstance(self.returns, Mapping) else range(len(self.returns)))

    def draw(self, rng: np.random.Generator, **given: Any) -> Call:
        """Draw the arguments of one call, for sizes and arguments given as in `check`."""
        draws = {key: draw for key, draw in self.arguments.items() if not draw.optional}
        for key, value in given.items():
            if key in self.sizes and key in self.arguments:
                draws[key] = self.arguments[key]
            elif key in self.arguments:
                anew = value if isinstance(value, Argument) else fixed(value)
                draws[key] = self.arguments[key] if value is ... else anew
        sizes = self._sizes_of({**self.arguments, **draws})
        for key in given:
            if key not in sizes and key not in self.arguments:
                known = ", ".join((*sizes, *self.arguments))
                raise CourseError(f"Function {self.name}: no size or argument {key!r} ({known})")
        fixed_sizes = {key: given[key] for key in sizes if key in given}
        chosen = _chosen(rng, self._sizes_of(draws), fixed_sizes, self.values_of)
        values = self._values(rng, draws, chosen)
        passed = {key: value for key, value in values.items() if not key.startswith("_")}
        by_name = {key: value for key, value in passed.items() if self.arguments[key].optional}
        by_place = tuple(value for key, value in passed.items() if key not in by_name)
        return Call(values, chosen, by_place, by_name)

    def compare(
        self,
        found: Any,
        expected: Any,
        sizes: Mapping[str, Any] | None = None,
        *,
        part: Any = None,
        scale: float = 1.0,
    ) -> None:
        """Require that an answer agrees with the expected one, each result under its name.

        `scale` is a factor for the absolute tolerance.
        """
        name = self.returns
        if part is not None and not isinstance(name, str):
            found, expected = part_of(found, expected, part)
            name = name[part]
        if self._exact:
            equal(found, expected, name=name)
            return
        # Where every argument was given, nothing is known of the batch.
        N = (sizes or {}).get(self.batch) if self.batch is not None else None
        options = {**self._options, "atol": scale * self._options.get("atol", ATOL)}
        close(found, expected, name=name, N=N, **options)

    def _sizes_of(self, draws: Mapping[str, Argument]) -> dict[str, bool]:
        """Return the sizes that `draws` need, in order; True for those that are axes in front."""
        in_shapes = {name for draw in draws.values() for name in draw.sizes}
        sizes: dict[str, bool] = {}
        for draw in draws.values():
            sizes |= {name.removeprefix("*"): name[0] == "*" for name in draw.sizes}
            for name, must in draw.takes.items():
                if must and name not in self.arguments and f"*{name}" not in in_shapes:
                    sizes[name] = False
        return sizes

    def _values(
        self, rng: np.random.Generator, draws: Mapping[str, Argument], sizes: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Draw each argument after those that it is drawn from, and return them in order."""
        # What is fixed comes first: a check that gives a value changes no other draw by it.
        order = sorted(draws, key=lambda key: draws[key].kind != "fixed")
        values: dict[str, Any] = {}
        while len(values) < len(draws):
            left = [key for key in order if key not in values]
            ready = [key for key in left if not (set(draws[key].takes) - {key}) & set(left)]
            if not ready:
                raise CourseError(f"Function {self.name}: {left} are drawn from one another")
            key = ready[0]
            values[key] = draws[key].make(rng, {**sizes, **values})
        return {key: values[key] for key in self.arguments if key in values}


def _numbers(value: Any) -> Iterator[Any]:
    """Yield the arrays of numbers in a right answer."""
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _numbers(part)
        return
    with suppress(TypeError):
        yield to_array(value)


def is_finite(value: Any) -> bool:
    """Return whether all numbers in a right answer are finite."""
    return all(np.isfinite(array).all() for array in _numbers(value))


def _largest(value: Any) -> float:
    """Return the largest magnitude among the numbers in a right answer."""
    return max((float(np.abs(array).max(initial=0)) for array in _numbers(value)), default=0.0)


def _chosen(
    rng: np.random.Generator,
    sizes: Mapping[str, bool],
    given: Mapping[str, Any],
    values_of: Mapping[str, Sequence[int]],
) -> dict[str, Any]:
    """Return the sizes that are given, and others for those that are not, all different."""
    chosen = dict(given)
    for name, in_front in sizes.items():
        if in_front:
            axes = given.get(name, ())
            chosen[name] = (axes,) if isinstance(axes, int) else tuple(axes)
    given_sizes = (n if isinstance(n, tuple) else (n,) for n in chosen.values())
    taken = [n for each in given_sizes for n in each]
    free = [name for name in sizes if name not in chosen]
    for name in [name for name in free if name in values_of]:
        chosen[name] = int(rng.choice([n for n in values_of[name] if n > 1 and n not in taken]))
        taken.append(chosen[name])
        free.remove(name)
    if free:
        pool = [n for n in range(2, 4 + len(free) + len(taken)) if n not in taken]
        chosen |= {n: int(size) for n, size in zip(free, rng.permutation(pool), strict=False)}
    return chosen
