"""Derivations answered line by line, each line judged given the student's own earlier ones.

    SPEC = Derivation(
        given={"x": (), "w": (), "y": ()},
        forward={"a": "w*x", "h": "sigmoid(a)", "loss": "(h - y)**2"},
        lines=[
            Line("dh", derivative=("loss", "h")),
            Line("dw", derivative=("loss", "w")),
        ],
    )

    @task("scalar-network")
    @pytest.mark.parametrize("line", SPEC.names)
    def test_line(student, line):
        SPEC.check(student.get("scalar_network_lines"), line)

The truth of a line is the derivative of the forward program, by central differences at
random points in float64: no answer has to be written down in a public file.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np

from autograder.checks.author.diagnose import Diagnosis, diagnose, diagnose_shape
from autograder.checks.author.expressions import Expression, evaluate, parse
from autograder.checks.author.points import generator_of, name_of_points
from autograder.checks.author.program import Draw, Program
from autograder.checks.author.values import Array, kind_of, show, show_number, wrong_kind
from autograder.checks.diagnosis.record import explain, is_recording
from autograder.checks.results import CheckFailed, clean, told
from autograder.errors import CourseError, ExpressionError

_RTOL = 1e-6
_UNANSWERED = {"", "...", "…", "?", "todo", "none"}
# What is wrong with such a line is wrong with it alone.
_UNREAD = {"missing", "not-answered", "type", "expression"}


@dataclass(frozen=True)
class Line:
    """One line to be answered.

    `derivative=("loss", "w")` makes ∂loss/∂w its truth, where the second may be an
    intermediate of the forward program; `expected` is an expression for it, in given and
    forward symbols and earlier lines, and judges follow-through in hidden checks (alone,
    it is the truth). `symbols` restricts what the student's line may be written in.
    """

    name: str
    derivative: tuple[str, str] | None = None
    expected: str | None = None
    symbols: Collection[str] | None = None


@dataclass(frozen=True)
class _Point:
    """One random point: every given and forward symbol, and the truth of every line."""

    values: dict[str, Array]
    truth: dict[str, Array]


class Derivation:
    """A derivation: the notebook's statement (`given`, `forward`) and the lines it asks for.

    `given` maps symbols to shapes, drawn from the standard normal, or to a function of a
    numpy Generator; the symbols in `positive` are drawn positive. `forward` maps further
    symbols to expressions in the symbols before them. Raises CourseError for a
    specification that does not hold together.
    """

    def __init__(
        self,
        *,
        given: Mapping[str, tuple[int, ...] | Draw],
        forward: Mapping[str, str] | None = None,
        lines: Sequence[Line],
        positive: Collection[str] = (),
        points: int = 6,
    ) -> None:
        self.given = dict(given)
        self.forward = dict(forward or {})
        self._program = Program(self.given, self.forward, positive)
        self._count = points
        self._ask_for(lines)

    def _ask_for(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self._line = {line.name: line for line in lines}
        if len(self._line) < len(lines) or set(self._line) & set(self._program.symbols):
            raise CourseError("Derivation: two lines or symbols have the same name")
        self._expected = {line.name: self._read_spec(line) for line in lines}
        self.place = _caller()
        self._drawn: dict[str, list[_Point]] = {}

    @property
    def names(self) -> list[str]:
        """The names of the lines in order, as for `pytest.mark.parametrize`."""
        return list(self._line)

    def check(self, answers: object, line: str) -> None:
        """Raise CheckFailed when `line` of a student's `answers` is not right."""
        if line not in self._line:
            raise ValueError(f"there is no line {line!r} (lines: {', '.join(self._line)})")
        if not isinstance(answers, dict):
            explain(line, "type")
            text = f"the lines are {kind_of(answers)}, expected a dictionary of texts"
            raise CheckFailed(text, misconception="type")
        first = ""
        for verdict in self._verdicts(answers):
            name, failed, values = verdict
            if failed is not None:
                first = first or name
            if name == line:
                break
        if is_recording():
            explain(line, self._meaning(line, answers, failed, values))
        if failed is None:
            return
        if first != line and failed.misconception not in _UNREAD:
            text = f"{failed.headline} (the first wrong line is `{first}`)"
            raise CheckFailed(text, detail=failed.detail, misconception=failed.misconception)
        raise failed

    def _meaning(
        self,
        name: str,
        answers: dict[object, object],
        failed: CheckFailed | None,
        values: list[Array] | None,
    ) -> object:
        """Return a line's values at every point, which do not depend on how it is written."""
        if failed is None or values is not None:
            return values
        text = answers.get(name)
        if failed.misconception != "expression" or not isinstance(text, str):
            return failed.misconception
        try:
            # Whatever it may not be written in: that is a mistake of its own.
            any_form = parse(text, [*self._program.symbols, *self._before(name)])
        except ExpressionError:
            return failed.misconception
        return failed.misconception, self._values(any_form, [p.truth for p in self._points])

    def _verdicts(
        self, answers: dict[object, object]
    ) -> Iterator[tuple[str, CheckFailed | None, list[Array] | None]]:
        """Yield each line's name, failure and values, no further than asked: they take time."""
        own: list[dict[str, Array]] = [{} for _ in self._points]
        for name in self.names:
            try:
                answer = self._read_answer(name, answers)
            except CheckFailed as error:
                yield name, error, None
            else:
                yield name, *self._judge_line(name, answer, own)

    def following(self, expected: Mapping[str, str]) -> Derivation:
        """Return this derivation with the `expected` of every line that is a derivative.

        It is for hidden checks: there a line is right, too, that makes of the student's earlier
        lines what `expected` makes of them. Raises CourseError unless each such line has one.
        """
        derivatives = {line.name for line in self.lines if line.derivative is not None}
        if set(expected) != derivatives:
            odd = ", ".join(sorted(set(expected) ^ derivatives))
            raise CourseError(f"Derivation: following() wants each derivative once, not so: {odd}")
        following = copy(self)
        following._ask_for(
            [replace(e, expected=expected.get(e.name, e.expected)) for e in self.lines]
        )
        return following

    def verify(self) -> list[str]:
        """Return what is wrong with the `expected` lines: those that are not the derivative."""
        points = self._points
        return [problem for line in self.lines if (problem := self._problem(line, points))]

    def _problem(self, line: Line, points: list[_Point]) -> str:
        """Say what is wrong with an `expected` line, nothing where it is the truth everywhere."""
        expected = self._expected[line.name]
        if expected is None:
            return ""
        for point in points:
            truth = point.truth[line.name]
            try:
                value = evaluate(expected, {**point.values, **point.truth})
            except ExpressionError as error:
                return f"line `{line.name}`: {error}"
            if not self._agree(value, truth):
                text = f"line `{line.name}`: expected {line.expected!r} is {show(value)}"
                return f"{text} where ∂{'/∂'.join(line.derivative or ())} is {show(truth)}"
        return ""

    def _read_spec(self, line: Line) -> Expression | None:
        known = [*self._program.symbols, *self._before(line.name)]
        unknown = [s for s in (*(line.derivative or ()), *(line.symbols or ())) if s not in known]
        if unknown:
            raise CourseError(f"Derivation, line {line.name}: no symbol {unknown[0]!r}")
        if line.expected is None:
            if line.derivative is None:
                raise CourseError(f"Derivation, line {line.name}: give derivative= or expected=")
            return None
        try:
            return parse(line.expected, known)
        except ExpressionError as error:
            raise CourseError(f"Derivation, line {line.name}: {error}") from error

    def _before(self, name: str) -> list[str]:
        names = self.names
        return names[: names.index(name)]

    def _read_answer(self, name: str, answers: dict[object, object]) -> Expression:
        if name not in answers:
            keys = [key for key in answers if isinstance(key, str) and key not in self._line]
            close = get_close_matches(name, keys, n=1, cutoff=0.5)
            hint = f" (did you mean it by `{clean(close[0], 40)}`?)" if close else ""
            raise CheckFailed(f"line `{name}` is missing{told(hint)}", misconception="missing")
        text = answers[name]
        if text is None or (isinstance(text, str) and text.strip().casefold() in _UNANSWERED):
            raise CheckFailed(f"not answered yet: line `{name}`", misconception="not-answered")
        if not isinstance(text, str):
            raise wrong_kind(text, f"line `{name}`", 'a text in quotes such as "2*x"')
        symbols = self._line[name].symbols
        known = [*self._program.symbols, *self._before(name)]
        allowed = [symbol for symbol in known if symbols is None or symbol in symbols]
        try:
            return parse(text, allowed)
        except ExpressionError as error:
            text = f"line `{name}` cannot be read{told(f': {error}')}"
            raise CheckFailed(text, misconception="expression") from None

    def _judge_line(
        self, name: str, answer: Expression, own: list[dict[str, Array]]
    ) -> tuple[CheckFailed | None, list[Array] | None]:
        """Return what is wrong with a line, and its values; put these into `own` for later lines.

        It is right when it equals the truth, or what the expected expression makes of
        the student's earlier lines, or the truth once those lines are put right.
        """
        truth = [point.truth[name] for point in self._points]
        mended = self._values(answer, [point.truth for point in self._points])
        values = self._values(answer, own)
        right = self._all_agree(values, truth)
        followed = not right and self._all_agree(mended, truth)
        expected = self._expected[name]
        if not right and not followed and expected is not None and values is not None:
            used = expected.names & set(self._before(name))
            theirs = self._values(expected, own)
            # From zeros, from ones or from nothing anything follows: that shows no understanding.
            followed = (
                bool(used)
                and all(self._can_be_followed(line, own) for line in used)
                and theirs is not None
                and _says_something(theirs)
                and self._all_agree(values, theirs)
            )
        for at, value in zip(own, values or [], strict=False):
            at[name] = value
        failed = None if right or followed else self._wrong(name, answer, mended, truth)
        return failed, mended if values is None else values

    def _can_be_followed(self, name: str, own: list[dict[str, Array]]) -> bool:
        """Return whether a student's line is right, or at least says something."""
        values = [at[name] for at in own if name in at]
        if len(values) < len(own):
            return False
        right = self._all_agree(values, [point.truth[name] for point in self._points])
        return right or _says_something(values)

    def _values(
        self, expression: Expression, earlier: list[dict[str, Array]]
    ) -> list[Array] | None:
        """Evaluate at every point, or return None where that is impossible."""
        try:
            return [
                evaluate(expression, {**point.values, **lines})
                for point, lines in zip(self._points, earlier, strict=True)
            ]
        except (ExpressionError, KeyError):
            return None

    def _wrong(
        self, name: str, answer: Expression, values: list[Array] | None, truth: list[Array]
    ) -> CheckFailed:
        if values is None:
            text = f"line `{name}` cannot be computed{told(f': {self._why(answer)}')}"
            return CheckFailed(text, misconception="expression")
        found = self._diagnosis(name, answer, values, truth)
        text, detail = f"line `{name}` {found.text}", self._example(values, truth)
        return CheckFailed(text, detail=detail, misconception=found.misconception)

    def _why(self, answer: Expression) -> str:
        try:
            evaluate(answer, {**self._points[0].values, **self._points[0].truth})
        except ExpressionError as error:
            return str(error)
        return "the shapes do not fit"

    def _diagnosis(
        self, name: str, answer: Expression, values: list[Array], truth: list[Array]
    ) -> Diagnosis:
        if values[0].shape != truth[0].shape:
            found = diagnose_shape(values[0], truth[0], rtol=_RTOL, atol=1e-9)
            vectors = truth[0].ndim == 2 and values[0].ndim < 2
            if vectors and ("@" in answer.text or ".T" in answer.text or "dot" in answer.text):
                text = f"{found.text}; .T does nothing to a vector: outer(a, b) makes a matrix"
                return Diagnosis(text, found.misconception)
            return found
        if not all(np.isfinite(value).all() for value in values):
            text = "is not a number at some points: a root or log of something negative, or 0/0?"
            return Diagnosis(text, "nan")
        if truth[0].ndim == 2 and self._all_agree([v.T for v in values], truth):
            return Diagnosis("is the transpose of what is expected", "transpose")
        together = np.concatenate([value.ravel() for value in values])
        found_values = diagnose(together, np.concatenate([value.ravel() for value in truth]))
        if found_values is not None and found_values.misconception != "first-row-only":
            return found_values
        derivative = self._line[name].derivative
        if derivative is None:
            return Diagnosis("is wrong", "values")
        of, wrt = derivative
        return Diagnosis(f"is not the derivative of {of} with respect to {wrt}", "values")

    def _example(self, values: list[Array], truth: list[Array]) -> str:
        """Show the first point at which a line is wrong."""
        pairs = list(zip(self._points, values, truth, strict=True))
        point, value, right = next((p for p in pairs if not self._agree(p[1], p[2])), pairs[0])
        given = {name: point.values[name] for name in self._program.given}
        text = f"your line gives {show(value)}, expected {show(right)}"
        if len(given) <= 6 and all(array.ndim == 0 for array in given.values()):
            where = ", ".join(f"{name}={show_number(array[()])}" for name, array in given.items())
            return f"at {where}: {text}"
        return text

    def _all_agree(self, values: list[Array] | None, truth: list[Array]) -> bool:
        return values is not None and all(map(self._agree, values, truth))

    def _agree(self, value: Array, truth: Array) -> bool:
        if value.shape != truth.shape or not np.isfinite(value).all():
            return False
        scale = float(np.abs(truth).max(initial=0.0))
        return bool((np.abs(value - truth) <= _RTOL * scale + 1e-9).all())

    @property
    def _points(self) -> list[_Point]:
        name = name_of_points()
        if name not in self._drawn:
            self._drawn[name] = self._draw_points(name)
        return self._drawn[name]

    def _draw_points(self, name: str) -> list[_Point]:
        rng = generator_of(name)
        points: list[_Point] = []
        for _ in range(100 * self._count):
            point = self._point(rng)
            if point is not None:
                points.append(point)
            if len(points) == self._count:
                return points
        raise CourseError(
            "Derivation: no points found where the forward program is finite and smooth "
            "(is a symbol to be drawn positive?)"
        )

    def _point(self, rng: np.random.Generator) -> _Point | None:
        drawn = self._program.draw(rng)
        values = self._program.run(drawn)
        truth: dict[str, Array] = {}
        for name, line in self._line.items():
            expected = self._expected[name]
            if line.derivative is not None:
                found = self._program.derivative(*line.derivative, drawn)
            else:
                assert expected is not None
                found = evaluate(expected, {**values, **truth})
            if found is None or not np.isfinite(found).all():
                return None
            truth[name] = found
        finite = all(np.isfinite(value).all() for value in values.values())
        return _Point(values, truth) if finite else None


def _says_something(values: list[Array]) -> bool:
    """Return whether values are finite numbers that are not the same at all points."""
    first = values[0]
    if not all(value.size and np.isfinite(value).all() for value in values):
        return False
    return any(v.shape != first.shape or np.abs(v - first).max() > 1e-6 for v in values)


def _caller() -> str:
    """Return `file, line N` of who makes a derivation, outside this module."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename == __file__ and frame.f_back is not None:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}, line {frame.f_lineno}"
