"""A forward program in the expression language, and its derivatives by differences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from autograder.checks.author.expressions import evaluate, parse
from autograder.checks.author.functions import FUNCTIONS
from autograder.checks.author.gradient import both_sides
from autograder.checks.author.values import Array
from autograder.errors import CourseError, ExpressionError

Draw = Callable[[np.random.Generator], Any]
_STEP = 1e-5


class Program:
    """Given symbols, and forward symbols defined by expressions in the ones before."""

    def __init__(
        self,
        given: Mapping[str, tuple[int, ...] | Draw],
        forward: Mapping[str, str],
        positive: Collection[str] = (),
    ) -> None:
        self.given = dict(given)
        self.symbols = [*given, *forward]
        self._positive = frozenset(positive)
        self._forward = {}
        for name in self.symbols:
            if not name.isidentifier() or name in FUNCTIONS or self.symbols.count(name) > 1:
                raise CourseError(f"Derivation: {name!r} cannot be a symbol, or is one twice")
        if self._positive - set(given):
            raise CourseError(f"Derivation: positive={sorted(self._positive)} names no given")
        for index, (name, text) in enumerate(forward.items(), start=len(self.given)):
            try:
                self._forward[name] = parse(text, self.symbols[:index])
            except ExpressionError as error:
                raise CourseError(f"Derivation, forward {name}: {error}") from error

    def draw(self, rng: np.random.Generator) -> dict[str, Array]:
        """Draw a value for every given symbol."""
        values: dict[str, Array] = {}
        for name, shape in self.given.items():
            value = shape(rng) if callable(shape) else rng.standard_normal(shape)
            array = np.asarray(value, dtype=np.float64)
            # An array again: of a single number, arithmetic makes a scalar.
            values[name] = np.asarray(np.abs(array) + 0.1) if name in self._positive else array
        return values

    def run(
        self, given: Mapping[str, Array], fixed: Mapping[str, Array] | None = None
    ) -> dict[str, Array]:
        """Return the value of every symbol, those in `fixed` held at what they are there."""
        fixed = fixed or {}
        values = {name: fixed.get(name, value) for name, value in given.items()}
        for name, expression in self._forward.items():
            if name in fixed:
                values[name] = fixed[name]
                continue
            try:
                values[name] = evaluate(expression, values)
            except ExpressionError as error:
                raise CourseError(f"Derivation, forward {name}: {error}") from error
        return values

    def derivative(self, of: str, wrt: str, given: Mapping[str, Array]) -> Array | None:
        """Return ∂of/∂wrt at a point, of shape `of.shape + wrt.shape`; None at a kink.

        `wrt` may be an intermediate, which is then varied with what comes before it held.
        """
        base = self.run(given)
        at, value = base[wrt], base[of]

        def slopes(index: tuple[int, ...], h: float) -> tuple[Array, Array]:
            """Return the slopes to the right and to the left of the point."""
            above, below, up, down = both_sides(
                lambda x: self.run(given, {wrt: x})[of], at, index, h
            )
            return np.asarray((above - value) / up), np.asarray((value - below) / down)

        result = np.zeros(value.shape + at.shape)
        for index in np.ndindex(at.shape):
            h = _STEP * max(1.0, abs(float(at[index])))
            with np.errstate(all="ignore"):
                right, left = slopes(index, h)
                near_right, near_left = slopes(index, h / 2)
                fine = (near_right + near_left) / 2
                # Where the program is smooth the two slopes close in on each other as
                # the step halves, and their mean stays.
                off = abs((right + left) / 2 - fine) + abs(
                    (right - left) - 2 * (near_right - near_left)
                )
                noise = 1e-7 * (1 + np.abs(value).max(initial=0) + np.abs(fine).max(initial=0))
                if not off.max(initial=0) <= noise:
                    return None
            result[(..., *index)] = fine
        return result
