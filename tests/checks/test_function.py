"""A function that a student writes, declared once and compared in one call."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from folders import Folder, student_of

from autograder.checks import CheckFailed, Function, arg, in_torch, slopes
from autograder.checks.results import keeping_secrets
from autograder.checks.runner.student import Student
from autograder.errors import CourseError


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def layer(X: Any, params: Any, scale: float = 1.0) -> Any:
    out = scale * (X @ params["W"] + params["b"])
    return out, out.mean()


LAYER = Function(
    "layer",
    {"X": "*B N D", "params": {"W": "D H", "b": "H"}, "scale": arg.optional(0.5)},
    truth=layer,
    returns=("the output", "the mean"),
)
RIGHT = """
def layer(X, params, scale=1.0):
    out = scale * (X @ params["W"] + params["b"])
    return out, out.mean()
"""


def wrong(old: str, new: str) -> Student:
    assert old in RIGHT
    return student_of(RIGHT.replace(old, new))


class TestSizes:
    def test_those_not_given_are_drawn_and_no_two_are_equal(self, rng: np.random.Generator) -> None:
        assert LAYER.sizes == ("B", "N", "D", "H")
        for _ in range(50):
            call = LAYER.draw(rng, N=3)
            sizes = [call.sizes[name] for name in "NDH"]
            assert call.sizes["N"] == 3
            assert len(set(sizes)) == 3
            assert min(sizes) >= 2
            assert call["X"].shape == (3, call.sizes["D"])
            assert call["params"]["W"].shape == (call.sizes["D"], call.sizes["H"])

    @pytest.mark.parametrize(
        ("given", "front"), [({}, ()), ({"B": 4}, (4,)), ({"B": (4, 1)}, (4, 1))]
    )
    def test_a_star_is_any_number_of_axes(
        self, rng: np.random.Generator, given: dict[str, Any], front: tuple[int, ...]
    ) -> None:
        assert LAYER.draw(rng, **given)["X"].shape[:-2] == front

    def test_an_axis_may_be_computed_from_sizes(self, rng: np.random.Generator) -> None:
        heads = Function("f", {"X": "N heads*d+1", "heads": arg.size("heads")})
        call = heads.draw(rng, heads=3, d=2, N=4)
        assert call["X"].shape == (4, 7)
        assert call.positional[1] == 3


class TestDraws:
    def draw(self, rng: np.random.Generator, spec: Any, **given: Any) -> Any:
        return Function("f", {"a": spec}).draw(rng, **given)["a"]

    def test_every_kind(self, rng: np.random.Generator) -> None:
        assert np.ndim(self.draw(rng, "")) == 0
        weights = self.draw(rng, arg.weights("D H"), D=400, H=300)
        assert weights.std() == pytest.approx(0.05, rel=0.02)
        numbers = self.draw(rng, arg.uniform("N", 2, 3), N=50)
        assert 2 <= numbers.min() < numbers.max() <= 3
        labels = self.draw(rng, arg.integers("N", "K"), N=100, K=4)
        assert set(labels.tolist()) == {0, 1, 2, 3}
        assert self.draw(rng, arg.size("N"), N=6) == 6
        assert self.draw(rng, arg.fixed("tanh")) == "tanh"
        assert isinstance(self.draw(rng, arg.seed()), int)
        assert [w.shape for w in self.draw(rng, ["2 3", "3 1"])] == [(2, 3), (3, 1)]

    def test_a_mask_allows_and_forbids_in_each_row(self, rng: np.random.Generator) -> None:
        mask = self.draw(rng, arg.mask("N M"), N=200, M=3)
        assert mask.any(axis=1).all()
        assert not mask.all(axis=1).any()
        assert self.draw(rng, arg.mask("N 1"), N=9).all()

    def test_a_function_draws_from_sizes_and_other_arguments(
        self, rng: np.random.Generator
    ) -> None:
        f = Function(
            "f",
            {
                "upstream": lambda rng, y: np.ones_like(y),
                "y": lambda rng, N, _twice: np.full(N, _twice),
                "_twice": lambda rng: 2.0,
                "callback": lambda rng: np.sinh,
            },
        )
        call = f.draw(rng, N=3)
        assert f.sizes == ("N",)
        assert call["upstream"].tolist() == [1, 1, 1]
        assert call["y"].tolist() == [2, 2, 2]
        assert len(call.positional) == 3
        assert call.positional[2] is np.sinh

    def test_an_optional_argument_is_passed_by_name_when_asked_for(
        self, rng: np.random.Generator
    ) -> None:
        assert LAYER.draw(rng).named == {}
        assert LAYER.draw(rng, scale=...).named == {"scale": 0.5}
        assert LAYER.draw(rng, scale=3).named == {"scale": 3}
        assert LAYER.draw(rng, scale=arg.uniform("N", 0, 1), N=4).named["scale"].shape == (4,)

    @pytest.mark.parametrize(
        ("declared", "given", "text"),
        [
            ({"X": "N +"}, {}, "no size"),
            ({"X": lambda N: N}, {}, "takes `rng` first"),
            ({"part": "N"}, {}, "cannot be an argument"),
            ({"X": "N"}, {"M": 3}, "no size or argument 'M' \\(N, X\\)"),
            ({"X": lambda rng, Y: Y, "Y": lambda rng, X: X}, {}, "from one another"),
        ],
    )
    def test_what_does_not_hold_together_is_the_authors_mistake(
        self, rng: np.random.Generator, declared: Any, given: Any, text: str
    ) -> None:
        with pytest.raises(CourseError, match=text):
            Function("f", declared).draw(rng, **given)


class TestChecks:
    @pytest.mark.parametrize("given", [{}, {"B": (2, 3)}, {"scale": 0.3}, {"N": 4, "D": 4, "H": 4}])
    def test_the_right_answer_is_right(
        self, rng: np.random.Generator, given: dict[str, Any]
    ) -> None:
        found = LAYER.check(student_of(RIGHT), rng, student_of(RIGHT), **given)
        assert len(found) == 2

    @pytest.mark.parametrize(
        ("old", "new", "text"),
        [
            ("X @", "2 * X @", "the output is wrong in all"),
            ("out.mean()", "2 * out.mean()", "the mean is the expected one times 2"),
            ("return out, out.mean()", "return out", "your result is a numpy array, expected 2"),
            ("out =", "X += 1; out =", "`layer` changes its argument `X` in place"),
        ],
    )
    def test_a_wrong_answer_is_told_by_the_name_of_its_part(
        self, rng: np.random.Generator, old: str, new: str, text: str
    ) -> None:
        with pytest.raises(CheckFailed) as caught:
            LAYER.check(wrong(old, new), rng)
        assert text.replace("your result", "the result") in str(caught.value)

    def test_what_is_hidden_tells_nothing_of_its_arguments(self, rng: np.random.Generator) -> None:
        with keeping_secrets(True), pytest.raises(CheckFailed) as caught:
            LAYER.check(wrong("out =", "X += 1; out ="), rng)
        assert "`X`" not in caught.value.headline

    def test_a_part_is_compared_alone(self, rng: np.random.Generator) -> None:
        student = wrong("out.mean()", "None")
        LAYER.check(student, rng, part=0)
        with pytest.raises(CheckFailed, match="the mean is None"):
            LAYER.check(student, rng, part=1)

    def test_entries_of_a_dictionary_have_names(self, rng: np.random.Generator) -> None:
        f = Function(
            "f",
            {"x": "N", "y": "N"},
            truth=lambda x, y: {"x": y, "y": x},
            returns={"x": "the gradient of x", "y": "the gradient of y"},
        )
        student = student_of("def f(x, y):\n    return {'x': y, 'y': -x, 'more': 0}")
        f.check(student, rng, part="x")
        with pytest.raises(CheckFailed, match="the gradient of y has the opposite sign"):
            f.check(student, rng)
        with pytest.raises(CheckFailed, match='must be a dictionary with an entry "x"'):
            f.check(student_of("def f(x, y):\n    return y"), rng)

    def test_the_reference_alone_is_an_oracle(self, rng: np.random.Generator) -> None:
        f = Function("layer", LAYER.arguments)
        with pytest.raises(CheckFailed):
            f.check(wrong("X @", "2 * X @"), rng, student_of(RIGHT))
        with pytest.raises(CourseError, match="nothing to compare with"):
            f.check(student_of(RIGHT), rng)

    def test_a_forgotten_mean_is_recognised_by_the_batch(self, rng: np.random.Generator) -> None:
        f = Function("f", {"x": "N D"}, truth=lambda x: x.mean(axis=0), batch="N")
        with pytest.raises(CheckFailed) as caught:
            f.check(student_of("def f(x):\n    return x.sum(axis=0)"), rng, N=7)
        assert "mean" in caught.value.headline
        with pytest.raises(CourseError, match="no size 'M'"):
            Function("f", {"x": "N"}, batch="M")

    def test_exact_results_are_not_rounded(self, rng: np.random.Generator) -> None:
        f = Function("f", {"n": arg.size("n")}, truth=lambda n: np.tri(n) == 1, exact=True)
        with pytest.raises(CheckFailed, match="True or False"):
            f.check(student_of("import numpy as np\ndef f(n):\n    return np.tri(n)"), rng)

    def test_the_truth_may_ask_for_what_is_drawn_aside(self, rng: np.random.Generator) -> None:
        f = Function(
            "f",
            {"_W": "D H", "act": lambda rng, _W: lambda X: X @ _W, "X": "N D"},
            truth=lambda act, X, *, _W, H: act(np.eye(len(_W))).sum() / H,
        )
        right = (
            "import numpy as np\ndef f(act, X):\n    return act(np.eye(X.shape[1])).mean(1).sum()"
        )
        f.check(student_of(right), rng)

    def test_every_argument_of_a_batch_may_be_given(self, rng: np.random.Generator) -> None:
        f = Function("f", {"x": "N"}, truth=np.mean, batch="N")
        f.check(student_of("def f(x):\n    return sum(x) / len(x)"), rng, x=np.arange(3.0))


def test_a_declaration_stands_in_a_file_of_checks(folder: Folder) -> None:
    folder.write("""
        from autograder.checks import Function

        DOUBLE = Function("double", {"x": "N"}, truth=lambda x: 2 * x, returns="the result")

        @task("a")
        def test_double(student, rng):
            DOUBLE.check(student, rng, N=3)
    """)
    assert folder.one("def double(x):\n    return x + x").passed
    said = folder.one("def double(x):\n    return -2 * x").message
    assert said.startswith("the result has the opposite sign")


def test_slopes_are_those_of_autograd() -> None:
    z = np.array([[0.5, -2.0]])
    (found,) = slopes(torch.tanh, z)
    assert found == pytest.approx(1 - np.tanh(z) ** 2)
    by_name = slopes(lambda a, b: (a * b).sum(), a=2.0, b=z)
    assert by_name["a"] == pytest.approx(z.sum())
    assert by_name["b"] == pytest.approx(np.full((1, 2), 2.0))


def test_a_function_in_torch_takes_and_returns_arrays() -> None:
    @in_torch
    def f(X: Any, params: Any, *, n: int) -> Any:
        assert X.dtype == params["W"].dtype == torch.float64
        return {"out": [X @ params["W"] * n]}, 3

    found, three = f(np.ones((2, 2), dtype=np.float32), {"W": np.eye(2)}, n=2)
    assert isinstance(found["out"][0], np.ndarray)
    assert found["out"][0].tolist() == [[2, 2], [2, 2]]
    assert three == 3
