from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import torch
from folders import Folder, student_of
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import CheckFailed, Derivation, Line, wrong_expectations
from autograder.checks.author.program import Program
from autograder.errors import CourseError

SCALAR: dict[str, Any] = {
    "given": dict.fromkeys(("x", "y", "w0", "w1", "w2"), ()),
    "forward": {
        "a1": "w0*x",
        "h1": "sigmoid(a1)",
        "a2": "w1*h1",
        "h2": "sigmoid(a2)",
        "loss": "(w2*h2 - y)**2",
    },
}
LINES = {
    "dw2": ("w2", "2*(w2*h2 - y)*h2"),
    "d2": ("a2", "2*(w2*h2 - y)*w2*h2*(1 - h2)"),
    "dw1": ("w1", "d2*h1"),
    "d1": ("a1", "d2*w1*h1*(1 - h1)"),
    "dw0": ("w0", "d1*x"),
}
RIGHT = {name: text for name, (_, text) in LINES.items()}
PUBLIC = Derivation(
    **SCALAR, lines=[Line(name, derivative=("loss", wrt)) for name, (wrt, _) in LINES.items()]
)
HIDDEN = PUBLIC.following(RIGHT)
BOTH = pytest.mark.parametrize("spec", [PUBLIC, HIDDEN], ids=["public", "hidden"])


def wrong(spec: Derivation, answers: object) -> dict[str, str]:
    """The lines that are wrong, and what is said of each."""
    found = {}
    for name in spec.names:
        try:
            spec.check(answers, name)
        except CheckFailed as failed:
            found[name] = failed.headline.partition(" (the first wrong line is")[0]
    return found


class TestRightLines:
    @BOTH
    def test_the_right_lines_are_right(self, spec: Derivation) -> None:
        assert wrong(spec, RIGHT) == {}

    @BOTH
    @pytest.mark.parametrize(
        ("line", "text"),
        [
            ("dw2", "-2*h2*y + 2*w2*h2**2"),
            ("dw2", "2*(w2*sigmoid(w1*sigmoid(w0*x)) - y)*h2"),
            ("d2", "(w2*h2 - y)*w2*h2*(1 - h2)*2"),
            ("d2", "2*(w2*h2 - y)*w2*(h2 - h2**2)"),
            ("dw1", "2*(w2*h2 - y)*w2*h2*(1 - h2)*h1"),
            ("dw0", "d2*w1*h1*(1 - h1)*x"),
        ],
    )
    def test_equal_algebra_is_right(self, spec: Derivation, line: str, text: str) -> None:
        spec.check({**RIGHT, line: text}, line)

    def test_the_example_of_the_notebook_comes_out(self) -> None:
        program = Program(SCALAR["given"], SCALAR["forward"])
        values = {"x": 1.0, "y": 1.0, "w0": 0.5, "w1": -1.0, "w2": 2.0}
        point = {name: np.array(value) for name, value in values.items()}
        for name, truth in (("w0", 0.0644223), ("w1", -0.1706368), ("w2", -0.2106197)):
            assert program.derivative("loss", name, point) == pytest.approx(truth, abs=1e-7)

    def test_vectors_matrices_and_jacobians(self) -> None:
        spec = Derivation(
            given={
                "x": (3,),
                "W": (4, 3),
                "V": (2, 4),
                "t": lambda rng: np.eye(2)[rng.integers(2)],
            },
            forward={
                "a": "W @ x",
                "h": "relu(a)",
                "o": "V @ h",
                "p": "softmax(o)",
                "loss": "-sum(t*log(p))",
            },
            lines=[
                Line("J", derivative=("p", "o")),
                Line("do", derivative=("loss", "o"), symbols={"p", "t"}),
                Line("dV", derivative=("loss", "V")),
                Line("da", derivative=("loss", "a")),
                Line("dW", derivative=("loss", "W")),
            ],
        )
        answers = {
            "J": "diag(p) - outer(p, p)",
            "do": "p - t",
            "dV": "outer(do, h)",
            "da": "(V.T @ do)*step(a)",
            "dW": "outer(da, x)",
        }
        assert wrong(spec, answers) == {}
        slips = wrong(spec, {**answers, "J": "diag(p*(1 - p))", "dV": "outer(h, do)"})
        assert list(slips) == ["J", "dV"]
        assert "this is its transpose" in slips["dV"]
        assert (
            "not known here (symbols: t, p)"
            in wrong(spec, {**answers, "do": "softmax(o) - t"})["do"]
        )
        hint = wrong(spec, {**answers, "dW": "da @ da.T"})["dW"]
        assert ".T does nothing to a vector: outer(a, b) makes a matrix" in hint

    @pytest.mark.parametrize("shape", [(3,), ()], ids=["array", "number"])
    def test_positive_symbols_are_drawn_positive(self, shape: tuple[int, ...]) -> None:
        spec = Derivation(
            given={"x": shape},
            forward={"loss": "sum(log(x))"},
            lines=[Line("dx", derivative=("loss", "x"))],
            positive={"x"},
        )
        spec.check({"dx": "1/x"}, "dx")

    def test_a_program_that_is_never_finite_is_the_authors_mistake(self) -> None:
        spec = Derivation(
            given={"x": ()}, forward={"loss": "log(-x**2)"}, lines=[Line("dx", ("loss", "x"))]
        )
        with pytest.raises(CourseError, match="is a symbol to be drawn positive"):
            spec.check({"dx": "1/x"}, "dx")

    def test_points_keep_clear_of_kinks(self) -> None:
        spec = Derivation(
            given={"x": lambda rng: np.round(rng.normal())},
            forward={"loss": "relu(x)"},
            lines=[Line("dx", ("loss", "x"))],
        )
        spec.check({"dx": "step(x)"}, "dx")

    def test_the_differences_agree_with_autograd(self) -> None:
        program = Program(
            {"X": (5, 3), "W": (3, 4), "b": (4,)},
            {"H": "tanh(X @ W + b)", "loss": "mean(sum(H**2, 1))"},
        )
        point = program.draw(np.random.default_rng(1))
        leaves = {name: torch.tensor(array, requires_grad=True) for name, array in point.items()}
        loss = (torch.tanh(leaves["X"] @ leaves["W"] + leaves["b"]) ** 2).sum(1).mean()
        loss.backward()
        for name, leaf in leaves.items():
            found = program.derivative("loss", name, point)
            assert found == pytest.approx(leaf.grad.numpy(), rel=1e-6, abs=1e-9)


class TestFollowThrough:
    @BOTH
    def test_one_slip_costs_one_line(self, spec: Derivation) -> None:
        answers = {**RIGHT, "d2": "2*(w2*h2 - y)*w2*h1*(1 - h2)"}
        assert list(wrong(spec, answers)) == ["d2"]

    @BOTH
    @pytest.mark.parametrize("slip", ["2*(", "", None, "nope*2", "outer(x, x)"])
    def test_a_line_that_cannot_be_read_costs_one_line(self, spec: Derivation, slip: Any) -> None:
        assert list(wrong(spec, {**RIGHT, "d2": slip})) == ["d2"]

    def test_a_wrong_line_written_out_again_follows_from_the_expected_one(self) -> None:
        slip = "2*(w2*h2 - y)*w2*h1*(1 - h2)"
        answers = {**RIGHT, "d2": slip, "dw1": f"{slip}*h1"}
        assert list(wrong(HIDDEN, answers)) == ["d2"]
        assert list(wrong(PUBLIC, answers)) == ["d2", "dw1"]

    @BOTH
    def test_a_second_slip_costs_a_second_line(self, spec: Derivation) -> None:
        answers = {**RIGHT, "d2": "d2 + 1", "dw0": "d1*h1"}
        assert list(wrong(spec, answers)) == ["d2", "dw0"]

    def test_a_later_wrong_line_names_the_first_wrong_one(self) -> None:
        answers = {**RIGHT, "d2": "h2", "dw0": "d1*h1"}
        with pytest.raises(CheckFailed, match=r"line `dw0` .*\(the first wrong line is `d2`\)"):
            PUBLIC.check(answers, "dw0")
        with pytest.raises(CheckFailed) as caught:
            PUBLIC.check(answers, "d2")
        assert "first wrong" not in str(caught.value)

    @pytest.mark.parametrize("unread", ["", "d1^h1", 2])
    def test_a_line_that_cannot_be_read_is_not_blamed_on_an_earlier_one(self, unread: Any) -> None:
        with pytest.raises(CheckFailed) as caught:
            PUBLIC.check({**RIGHT, "d2": "h2", "dw0": unread}, "dw0")
        assert "first wrong" not in str(caught.value)

    @BOTH
    def test_zero_does_not_follow_from_zero(self, spec: Derivation) -> None:
        assert list(wrong(spec, dict.fromkeys(RIGHT, "0"))) == list(RIGHT)

    @pytest.mark.parametrize(
        ("nonsense", "follows"),
        [("1", "h1"), ("ones(2, 0)", "ones(2, 0)"), ("1/0", "h1/0"), ("ones(3)", "h1*ones(3)")],
    )
    def test_nothing_follows_from_what_says_nothing(self, nonsense: str, follows: str) -> None:
        answers = {**RIGHT, "d2": nonsense, "dw1": follows}
        assert list(wrong(HIDDEN, answers)) == ["d2", "dw1"]
        # What is right in the symbols of the earlier lines stays right.
        assert list(wrong(HIDDEN, {**answers, "dw1": "d2*h1"})) == ["d2"]

    def test_an_earlier_line_may_be_used_and_a_later_one_not(self) -> None:
        assert "`dw0` is not known here" in wrong(PUBLIC, {**RIGHT, "d2": "dw0"})["d2"]


class TestMessages:
    @BOTH
    @pytest.mark.parametrize(
        ("text", "hint", "slug"),
        [
            ("(w2*h2 - y)*h2", "is the expected one times ½", "factor:1/2"),
            ("-2*(w2*h2 - y)*h2", "has the opposite sign", "sign"),
            ("h2*h2", "is not the derivative of loss with respect to w2", "values"),
            ("log(-1)", "is not a number at some points", "nan"),
            ("ones(2)", "has shape (2,), expected ()", "shape"),
            ("h2^2", "write ** for a power", "expression"),
            (
                "w0 @ x",
                "cannot be computed: `w0 @ x` multiplies with a single number",
                "expression",
            ),
            ("", "not answered yet: line `dw2`", "not-answered"),
            ("...", "not answered yet: line `dw2`", "not-answered"),
            (None, "not answered yet: line `dw2`", "not-answered"),
            (2.0, "is a number, expected a text in quotes", "type"),
            (["h2"], "is a list, expected a text in quotes", "type"),
        ],
    )
    def test_a_wrong_line_is_explained(
        self, spec: Derivation, text: object, hint: str, slug: str
    ) -> None:
        with pytest.raises(CheckFailed) as caught:
            spec.check({**RIGHT, "dw2": text}, "dw2")
        assert hint in caught.value.headline
        assert caught.value.misconception == slug

    def test_numbers_are_shown_in_the_detail_only(self) -> None:
        with pytest.raises(CheckFailed) as caught:
            PUBLIC.check({**RIGHT, "dw2": "h2*h2"}, "dw2")
        assert caught.value.detail.startswith("at x=-0.398908, y=")
        assert "your line gives" in caught.value.detail
        assert not any(character.isdigit() for character in caught.value.headline.replace("w2", ""))

    @pytest.mark.parametrize("answers", [None, "2*x", ["2*x"], 3.0, np.ones(3)])
    def test_answers_that_are_no_dictionary(self, answers: object) -> None:
        with pytest.raises(CheckFailed, match="expected a dictionary of texts"):
            PUBLIC.check(answers, "dw2")

    def test_a_missing_line_and_what_it_may_be_called(self) -> None:
        answers = {"dW2": "1", 3: "x", ("a", "b"): None}
        with pytest.raises(CheckFailed, match=r"`dw2` is missing \(did you mean it by `dW2`\?\)"):
            PUBLIC.check(answers, "dw2")

    def test_an_object_of_the_students_is_no_answer(self) -> None:
        student = student_of("class A: pass\nanswers = A()\nlines = {'dw2': A()}")
        assert "are an object of type A" in wrong(PUBLIC, student.get("answers"))["dw2"]
        assert "is an object of type A" in wrong(PUBLIC, student.get("lines"))["dw2"]

    @settings(max_examples=100, deadline=None)
    @given(
        st.dictionaries(
            st.sampled_from([*RIGHT, "other"]) | st.integers(),
            st.none() | st.text(max_size=20) | st.floats() | st.lists(st.integers(), max_size=2),
        )
    )
    def test_no_answers_break_it(self, answers: dict[Any, Any]) -> None:
        for spec in (PUBLIC, HIDDEN):
            assert all(wrong(spec, answers).values())

    def test_a_line_that_does_not_exist_is_the_authors_mistake(self) -> None:
        with pytest.raises(ValueError, match="there is no line 'dw3'"):
            PUBLIC.check({}, "dw3")


class TestSpecifications:
    def test_expected_lines_that_agree_are_verified(self) -> None:
        assert HIDDEN.verify() == PUBLIC.verify() == []

    def test_an_expected_line_that_disagrees_is_found(self) -> None:
        spec = Derivation(
            **SCALAR, lines=[Line("dw2", derivative=("loss", "w2"), expected="(w2*h2 - y)*h2")]
        )
        (problem,) = spec.verify()
        assert re.match(r"line `dw2`: expected '.*' is .* where ∂loss/∂w2 is ", problem)

    def test_following_adds_what_each_derivative_is_in_earlier_lines(self) -> None:
        assert {line.name: (line.derivative[1], line.expected) for line in HIDDEN.lines} == LINES
        assert (HIDDEN.given, HIDDEN.forward) == (SCALAR["given"], SCALAR["forward"])
        with pytest.raises(CourseError, match="wants each derivative once, not so: d1, "):
            PUBLIC.following({"nothing": "x"})

    def test_a_wrong_expected_line_in_hidden_checks_is_found_with_its_place(
        self, folder: Folder
    ) -> None:
        folder.write(
            """
            from autograder.checks import Derivation, Line

            SPEC = Derivation(
                given={"x": ()},
                forward={"y": "x**2", "z": "y**3"},
                lines=[Line("dy", derivative=("y", "x")), Line("dz", derivative=("z", "x"))],
            )
            """,
            hidden="""
            from checks import SPEC

            FOLLOWING = SPEC.following({"dy": "2*x", "dz": "y**2*dy"})
            """,
        )
        (problem,) = wrong_expectations(folder.public, folder.hidden)
        assert problem.startswith(f"{folder.hidden}, line 7: line `dz`: expected 'y**2*dy' is ")

    def test_expected_alone_is_the_truth(self) -> None:
        spec = Derivation(
            given={"x": ()}, lines=[Line("a", expected="2*x"), Line("b", expected="a*x")]
        )
        assert wrong(spec, {"a": "x + x", "b": "2*x**2"}) == {}
        assert wrong(spec, {"a": "x", "b": "a*x"}) == {"a": "line `a` is the expected one times ½"}

    @pytest.mark.parametrize(
        ("changes", "text"),
        [
            ({"forward": {"a": "b*x"}}, "forward a: `b` is not known here"),
            ({"forward": {"exp": "x"}}, "'exp' cannot be a symbol"),
            ({"forward": {"x": "2"}}, "'x' cannot be a symbol, or is one twice"),
            ({"forward": {"a": "x @ x"}, "lines": [Line("d", ("a", "x"))]}, "forward a:"),
            ({"lines": [Line("d", derivative=("loss", "x"))]}, "line d: no symbol 'loss'"),
            ({"lines": [Line("d")]}, "give derivative= or expected="),
            ({"lines": [Line("d", expected="q")]}, "line d: `q` is not known here"),
            ({"lines": [Line("x", expected="x")]}, "have the same name"),
            ({"lines": [Line("d", expected="x", symbols={"q"})]}, "no symbol 'q'"),
            ({"positive": {"q"}}, "names no given"),
        ],
    )
    def test_a_specification_that_does_not_hold_together(
        self, changes: dict[str, Any], text: str
    ) -> None:
        with pytest.raises(CourseError) as caught:
            Derivation(**{"given": {"x": ()}, "lines": [], **changes}).verify()
        assert text in str(caught.value)

    def test_a_check_is_three_lines(self, folder: Folder) -> None:
        folder.write("""
            from autograder.checks import Derivation, Line

            SPEC = Derivation(
                given={"x": ()},
                forward={"y": "x**2"},
                lines=[Line("dy", derivative=("y", "x")), Line("d2y", expected="2")],
            )

            @task("a")
            @pytest.mark.parametrize("line", SPEC.names)
            def test_line(student, line):
                SPEC.check(student.get("lines"), line)
        """)
        results = folder.run("lines = {'dy': 'x', 'd2y': '2'}")
        assert [result.status for result in results.values()] == ["failed", "passed"]
        assert results["test_line[dy]"].misconception == "factor:1/2"

    def test_a_table_of_the_public_points_does_not_pass_marking(self, folder: Folder) -> None:
        spec = Derivation(
            given={"x": ()},
            forward={"y": "x**4"},
            lines=[Line("dy", derivative=("y", "x"))],
            points=2,
        )
        (x0, t0), (x1, t1) = [
            (float(point.values["x"]), float(point.truth["dy"])) for point in spec._points
        ]
        slope = (t1 - t0) / (x1 - x0)
        table = f"{t0 - slope * x0:.10g} + {slope:.10g}*x"
        assert wrong(spec, {"dy": table}) == {}
        public = """
            from autograder.checks import Derivation, Line

            SPEC = Derivation(
                given={"x": ()},
                forward={"y": "x**4"},
                lines=[Line("dy", derivative=("y", "x"))],
                points=2,
            )

            @task("a")
            def test_line(student): SPEC.check(student.get("lines"), "dy")
        """
        hidden = """
            from checks import SPEC

            @task("a")
            def test_hidden_line(student): SPEC.check(student.get("lines"), "dy")
        """
        folder.write(public, hidden)
        answers = f"lines = {{'dy': '{table}'}}"
        said = {each.id: each.passed for each in folder.run(answers, secret="a").values()}
        assert said == {"test_line": True, "test_hidden_line": False}
        right = folder.run("lines = {'dy': '4*x**3'}", secret="a").values()
        assert all(each.passed for each in right)
