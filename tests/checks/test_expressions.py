from __future__ import annotations

import builtins
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.checks.author.expressions import MAX_LENGTH, evaluate, parse
from autograder.checks.author.functions import FUNCTIONS, LIMIT
from autograder.errors import ExpressionError

RNG = np.random.default_rng(0)
VALUES = {
    "x": np.array(1.5),
    "w0": np.array(-0.5),
    "h": RNG.normal(size=4),
    "delta": RNG.normal(size=3),
    "W": RNG.normal(size=(3, 4)),
    "δ": RNG.normal(size=3),
    "ℓ": np.array(2.0),
}


def value(text: str) -> Any:
    return evaluate(parse(text, VALUES), VALUES)


def refusal(text: object) -> str:
    with pytest.raises(ExpressionError) as caught:
        evaluate(parse(text, VALUES), VALUES)
    return str(caught.value)


def outcome(text: str) -> tuple[Any, str]:
    """The value of a text and no refusal, or nothing and the refusal."""
    try:
        return value(text), ""
    except ExpressionError as error:
        return np.zeros(0), str(error)


class TestWhatTheLanguageHolds:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2", 2),
            (" 2*x ", 3),
            ("-x**2", -2.25),
            ("+x", 1.5),
            ("1/2*x - .5e1", -4.25),
            ("(x - 1)/(1 + x)", 0.2),
            ("x  # a remark", 1.5),
            ("W @ h", VALUES["W"] @ VALUES["h"]),
            ("W.T @ delta", VALUES["W"].T @ VALUES["delta"]),
            ("transpose(W) @ delta", VALUES["W"].T @ VALUES["delta"]),
            ("delta @ delta", VALUES["delta"] @ VALUES["delta"]),
            ("dot(delta, delta)", VALUES["delta"] @ VALUES["delta"]),
            ("dot(2, delta)", 2 * VALUES["delta"]),
            ("outer(delta, h)", np.outer(VALUES["delta"], VALUES["h"])),
            ("diag(delta)", np.diag(VALUES["delta"])),
            ("diag(outer(delta, delta))", VALUES["delta"] ** 2),
            ("W*h", VALUES["W"] * VALUES["h"]),
            ("sum(W)", VALUES["W"].sum()),
            ("sum(W, 0)", VALUES["W"].sum(0)),
            ("mean(W, axis=1)", VALUES["W"].mean(1)),
            ("sum(W, -1)", VALUES["W"].sum(-1)),
            ("ones(2, 3)", np.ones((2, 3))),
            ("zeros(3)", np.zeros(3)),
            ("exp(0) + log(1) + sqrt(4) + abs(-1)", 4),
            ("sin(0) + cos(0) + tanh(0)", 1),
            ("sigmoid(0) + σ(0)", 1),
            ("relu(-x) + relu(x)", 1.5),
            ("step(x) + step(-x) + step(0)", 1),
            ("softmax(h)", np.exp(VALUES["h"]) / np.exp(VALUES["h"]).sum()),
            ("maximum(h, 0)", np.maximum(VALUES["h"], 0)),
            ("δ*ℓ", VALUES["δ"] * 2),
        ],
    )
    def test_an_expression_has_its_value(self, text: str, expected: object) -> None:
        np.testing.assert_allclose(value(text), expected, rtol=1e-12)

    def test_every_result_is_float64(self) -> None:
        assert all(value(text).dtype == np.float64 for text in ("1", "W.T", "step(h)", "2**3"))

    def test_mathematics_without_a_value_gives_nan_or_infinity(self) -> None:
        assert np.isnan(value("log(-1)"))
        assert np.isnan(value("0/0"))
        assert np.isinf(value("10**400"))
        assert np.isinf(value("9**9**9**9"))

    def test_an_expression_knows_the_symbols_it_names(self) -> None:
        assert parse("W.T @ δ + ℓ*ℓ", VALUES).names == {"W", "δ", "ℓ"}


class TestWhatItSaysToTheRest:
    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("x^2", "`^` is no power here: write ** for a power"),
            ("2x", "write the product out: 2*x"),
            ("2(x + 1)", "an operator is missing before the `(`: write * for a product"),
            ("(x + 1)(x - 1)", "an operator is missing before the `(`"),
            ("(x + 1)x", "write the product out: (x + 1)*x"),
            ("x(1 - x)", "`x` is a symbol: write x*(...) for a product"),
            ("σ'(x)", "a prime is no derivative here"),
            ("h′", "a prime is no derivative here"),
            ("x·w0", "in place of `·`"),
            ("x × w0", "write * in place of `×`"),
            ("h ⊙ h", "write * for the entrywise product"),
            ("x − 1", "typographic minus sign"),
            ("x²", "write **2 for a square"),
            ("½*x", "write 0.5 or 1/2"),
            ("√x", "write sqrt(...)"),
            ("Wᵀ @ delta", "write .T for the transpose"),
            ("∂x", "write the derivative out"),
            ("Σh", "write sum(...)"),
            ("dx = 2*x", "write only what stands right of the `=`"),
            ("x == 1", "write only what stands right of the `=`"),
            ("h[0]", "indices and lists are not known here"),
            ("[1, 2]", "indices and lists are not known here"),
            ("{1}", "write ( )"),
            ('"x"', "quotes are not part of an expression"),
            ("0,5*x", "decimals have a point"),
            ("x // 2", "write / for a fraction"),
            ("x % 2", "this is not part of the language"),
            ("x > 0", "comparisons are not known here: step(x)"),
            ("x if x else 2", "only one formula is asked for"),
            ("x and 2", "only one formula is asked for"),
            ("lambda: 1", "only one formula is asked for"),
            ("not x", "this is not part of the language"),
            ("~x", "this is not part of the language"),
            ("2j*x", "only real numbers"),
            ("True", "only numbers and symbols"),
            ("None", "only numbers and symbols"),
            ("...", "only real numbers"),
            ("f'x'", "a prime is no derivative"),
            ("(y := 2)", "right of the `=`"),
            ("sum(*h)", "`*` stands between two factors"),
            ("sum(**h)", "no such option"),
            ("sum(h, keepdims=1)", "sum knows no such option (only axis=)"),
            ("sum(h, axis=[0])", "indices and lists"),
            ("sigmod(x)", "Did you mean `sigmoid`?"),
            ("frobnicate(x)", "the function `frobnicate` is not known here (exp, log"),
            ("detla", "Did you mean `delta`?"),
            ("xw0", "Did you mean x*w0?"),
            ("q", "`q` is not known here (symbols: x, w0, h, delta, W, δ, ℓ)."),
            ("sigmoid", "`sigmoid` is a function: write sigmoid(...)"),
            ("sigmoid*x", "`sigmoid` is a function"),
            ("(x + 1", "a closing `)` is missing"),
            ("x + 1)", "a `)` too many"),
            ("x +", "something is missing after `+`"),
            ("x w0", "an operator such as * or + is missing"),
            ("W.shape", "`.shape` is not known here, only .T is"),
            ("W.T.base", "`.base` is not known here"),
            ("x.__class__", "only .T is"),
            ("np.exp(x)", "write exp(...), without"),
            ("$-e$", "no formula between dollar signs"),
            (r"\frac{1}{d}", "no LaTeX: write the formula as in Python"),
            ("9" * 400, "this number is too large"),
            ("", "the line is empty"),
            ("   ", "the line is empty"),
            ("x\ny", "one line of printable characters"),
            ("x\x00", "one line of printable characters"),
            ("x\u202e", "one line of printable characters"),
            (None, "expected a line of text"),
            (3, "expected a line of text"),
        ],
    )
    def test_what_is_not_in_the_language_is_explained(self, text: object, hint: str) -> None:
        assert hint in refusal(text)

    def test_a_caret_points_at_the_place(self) -> None:
        assert refusal("h2*x").splitlines()[1:] == ["    h2*x", "    ^"]
        assert refusal("δ + x^2").splitlines()[1:] == ["    δ + x^2", "         ^"]
        assert refusal("δ*ℓ + detla").splitlines()[2] == "          ^"

    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("W @ delta", "(3, 4) and (3,) do not fit in `W @ delta`: the inner sizes 4 and 3"),
            ("delta + h", "(3,) and (4,) do not fit in `delta + h`: outer(a, b) makes a matrix"),
            ("delta @ h", "outer(a, b) makes a matrix of two vectors"),
            ("x @ h", "multiplies with a single number: write * there"),
            ("outer(W, h)", "outer is of two vectors"),
            ("diag(x)", "diag is of a vector or a matrix"),
            ("softmax(x)", "softmax is of a vector"),
            ("maximum(h, delta)", "do not fit"),
            ("sum(h, 1)", "there is no axis 1"),
            ("sum(h, 0.5)", "needs a whole number"),
            ("ones(-1)", "is negative"),
            ("ones(h)", "needs a whole number"),
            ("exp()", "exp takes 1 argument, `exp()` has 0"),
            ("outer(h)", "outer takes 2 arguments"),
            ("maximum(1, 2, 3)", "maximum takes 2 arguments"),
        ],
    )
    def test_what_does_not_fit_is_explained(self, text: str, hint: str) -> None:
        assert hint in refusal(text)


class TestBounds:
    @pytest.mark.parametrize(
        "text",
        [
            "x" * (MAX_LENGTH + 1),
            "x" + "+x" * 249,
            "(" * 240 + "x" + ")" * 240,
            "-" * 490 + "x",
            "x" + ".T" * 240,
            "ones(101, 100)",
            "ones(100000000)",
            "ones(1e18)",
            "outer(ones(101), ones(100))",
            "diag(ones(101))",
            "ones(100, 1) + ones(1, 101)",
            "ones(100, 1) @ ones(1, 101)",
            "maximum(ones(100, 1), ones(1, 101))",
            "outer(outer(h, h), h)",
            # A step through values at known points, in place of a formula.
            "1.234567*x + 2.345678*step(x - 0.1) + 3.456789*step(x - 0.2) + 4.567891*step(x - 0.3)",
            "0x123456789abcdef012345678*x*0x123",
        ],
    )
    def test_what_is_too_large_is_refused_at_once(self, text: str) -> None:
        start = time.process_time()
        assert refusal(text)
        assert time.process_time() - start < 1

    def test_the_largest_results_are_computed(self) -> None:
        assert value("ones(100, 100) @ ones(100, 100)").size == LIMIT

    @settings(max_examples=1500, deadline=None)
    @given(st.text(max_size=60) | st.text("xhW0129.+-*/@()^ ,δ_=[]{}'\"\\T#eE\t", max_size=60))
    @example("0x" + "f" * 400)
    @example("1_0" * 50)
    @example("\ud800")
    @example("1if 2else 3")
    @example("x" + "(" * 99)
    def test_no_text_does_anything_but_have_a_value_or_be_refused(self, text: str) -> None:
        result, refused = outcome(text)
        assert 0 < len(refused) < 1000 or result.dtype == np.float64
        assert result.size <= LIMIT

    @settings(max_examples=500, deadline=None)
    @given(
        st.recursive(
            st.sampled_from([*VALUES, "1", "0.5", "1e300"]),
            lambda inner: st.one_of(
                st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**", "@"]), inner).map(
                    lambda parts: f"({' '.join(parts)})"
                ),
                st.tuples(st.sampled_from(sorted(FUNCTIONS)), st.lists(inner, max_size=3)).map(
                    lambda parts: f"{parts[0]}({', '.join(parts[1])})"
                ),
                inner.map(lambda text: f"{text}.T"),
                inner.map(lambda text: f"-{text}"),
            ),
            max_leaves=12,
        )
    )
    def test_every_combination_of_what_is_known_is_safe(self, text: str) -> None:
        assert outcome(text)[0].size <= LIMIT

    def test_python_never_compiles_or_runs_what_students_write(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def forbidden(*_: object, **__: object) -> object:
            raise AssertionError("student text was run")

        trees = parse("outer(delta, h)", VALUES)
        monkeypatch.setattr(builtins, "eval", forbidden)
        monkeypatch.setattr(builtins, "exec", forbidden)
        assert evaluate(trees, VALUES).shape == (3, 4)
        for text in ("__import__('os')", "print(x)", "open(x)", "exec(x)", "().__class__"):
            assert refusal(text)
