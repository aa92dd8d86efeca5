from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from folders import student_of
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import (
    CheckFailed,
    close,
    entry,
    equal,
    repeatable,
    shaped,
    unchanged,
    unpack,
)
from autograder.checks.results import keeping_secrets

G = np.array([[0.31, -1.27, 0.58], [2.41, 0.93, -0.12]])
SQUARE = np.array([[0.3, 1.7], [-0.9, 2.2]])


def failure(function: Any, *args: Any, **kwargs: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        function(*args, **kwargs)
    return caught.value


def said(function: Any) -> str | None:
    try:
        function()
    except CheckFailed as error:
        return error.headline and str(error)
    return None


class TestClose:
    @pytest.mark.parametrize(
        "actual",
        [
            G,
            G.copy(order="F"),
            torch.tensor(G),
            G.tolist(),
            list(G),
            G + 1e-10,
            [torch.tensor(row) for row in G],
            tuple(map(tuple, G.tolist())),
        ],
        ids=["array", "fortran", "tensor", "lists", "rows", "noise", "tensors", "tuples"],
    )
    def test_the_expected_numbers_are_accepted_in_any_container(self, actual: object) -> None:
        close(actual, G)

    @pytest.mark.parametrize(
        "actual", [2, 2.0, np.float32(2), np.int8(2), np.array(2.0), torch.tensor(2)]
    )
    def test_a_number_is_accepted_in_any_type(self, actual: object) -> None:
        close(actual, 2.0)

    def test_gradients_that_require_grad_and_bfloat16_are_read(self) -> None:
        close(torch.tensor(G, requires_grad=True), G)
        close(torch.tensor([1.0, 2.0], dtype=torch.bfloat16), [1.0, 2.0])

    @pytest.mark.parametrize(
        ("actual", "text", "slug"),
        [
            (None, "your result is None: is the `return` missing?", "none"),
            ("0.3", "your result is a string, expected an array of numbers", "type"),
            (b"x", "your result is bytes, expected", "type"),
            ({"W": G}, "your result is a dictionary, expected", "type"),
            ({1, 2}, "your result is an object of type set, expected", "type"),
            ([[1.0, 2.0], [3.0]], "is a list whose parts have different shapes", "type"),
            ([1.0, "a"], "your result is a string, expected", "type"),
            ([None, None], "your result is None, expected", "type"),
            (G > 0, "your result holds True and False, expected numbers", "type"),
            (G * 1j, "your result holds complex numbers, expected real ones", "type"),
            (np.array(["a"]), "your result is an array of dtype <U1", "type"),
            (np.array([None], dtype=object), "your result is an array of dtype object", "type"),
            (np.zeros((0, 3)), "has shape (0, 3), expected (2, 3)", "shape"),
            ([], "has shape (0,), expected (2, 3)", "shape"),
            (3.0, "is a single number, expected shape (2, 3)", "shape"),
            (10**400, "is a single number, expected shape (2, 3)", "shape"),
        ],
    )
    def test_what_is_no_such_array_is_named(self, actual: object, text: str, slug: str) -> None:
        error = failure(close, actual, G)
        assert text in error.headline
        assert error.misconception == slug

    def test_an_object_of_the_students_is_named_by_its_class(self) -> None:
        student = student_of("class MLP: pass\ndef f(): return MLP()\ndef g(): return print")
        assert (
            "is an object of type MLP, expected a number"
            in failure(close, student.f(), 1.0).headline
        )
        assert "your result is" in failure(close, student.g(), 1.0).headline

    def test_a_name_that_was_not_fetched_is_the_authors_mistake(self) -> None:
        with pytest.raises(TypeError, match="was not fetched"):
            close(student_of("w = 1").w, 1.0)

    @pytest.mark.parametrize(
        ("actual", "expected", "text", "slug"),
        [
            (G.T, G, "has shape (3, 2), expected (2, 3): this is its transpose", "transpose"),
            (G.T + 1, G, "expected (2, 3): the axes are the other way round", "shape"),
            (G.ravel(), G, "the numbers are right but flattened", "shape"),
            (G[None], G, "an axis of length 1 too many", "shape"),
            (G[0], G[:1], "the numbers are right but flattened", "shape"),
            (G, G.sum(0), "it still has to be summed over the batch (axis 0)", "not-summed"),
            (G, G.mean(0), "it still has to be averaged over the batch (axis 0)", "not-summed"),
            (G, G.sum(1), "it still has to be summed over axis 1", "not-summed"),
            (G, np.array([9.0, 9.0, 9.0]), "is a sum or mean over axis 0 missing?", "shape"),
            (G, np.zeros((4, 4)), "has shape (2, 3), expected (4, 4)", "shape"),
            (np.array([1.5]), 1.5, "has shape (1,), expected (): an axis of length 1", "shape"),
        ],
    )
    def test_a_wrong_shape_is_explained(
        self, actual: object, expected: Any, text: str, slug: str
    ) -> None:
        error = failure(close, actual, expected)
        assert text in error.headline
        assert error.misconception == slug

    @pytest.mark.parametrize(
        ("wrong", "text", "slug"),
        [
            (-G, "your result has the opposite sign", "sign"),
            (2 * G, "is the expected one times 2", "factor:2"),
            (G / 2, "is the expected one times ½", "factor:1/2"),
            (
                5 * G,
                "times N, the size of the batch (N=5): is the mean",
                "factor:N",
            ),
            (
                G / 5,
                "1/N, N being the size of the batch (N=5): is it",
                "factor:1/N",
            ),
            (-5 * G, "times −N", "factor:-N"),
            (-G / 5, "times −1/N", "factor:-1/N"),
            (-2 * G, "times −2", "factor:-2"),
            (-G / 2, "times −½", "factor:-1/2"),
            (3.7 * G, "is the expected one times a constant: 3.7", "factor"),
            (0 * G, "is zero everywhere: is it filled in, and not too small", "zeros"),
            (G + 0.25, "differs from the expected one by the same amount", "offset"),
        ],
    )
    def test_a_wrong_answer_of_a_known_kind_is_named(
        self, wrong: object, text: str, slug: str
    ) -> None:
        error = failure(close, wrong, G, N=5)
        assert text in error.headline
        assert error.misconception == slug

    def test_a_batch_of_two_leaves_both_explanations_open(self) -> None:
        text = failure(close, 2 * G, G, N=2).headline
        assert "times 2 or N, the size of the batch" in text

    def test_in_a_hidden_check_no_factor_spells_what_was_put_in(self) -> None:
        with keeping_secrets(True):
            assert failure(close, 3.7 * G, G).headline.endswith(
                "is the expected one times a constant"
            )
            assert "5" not in failure(close, 5 * G, G, N=5).headline

    def test_numbers_that_differ_beyond_six_digits_are_shown_with_all(self) -> None:
        wrong = np.zeros(9)
        wrong[3] = 0.1 + 2e-8
        error = failure(close, wrong, np.where(wrong, 0.1, 0.0))
        assert "got 0.10000002" in str(error)

    def test_a_transposed_square_matrix_is_named(self) -> None:
        assert failure(close, SQUARE.T, SQUARE).misconception == "transpose"

    def test_an_answer_right_in_the_first_row_only_is_named(self) -> None:
        wrong = G.copy()
        wrong[1:] = 0
        error = failure(close, wrong, G)
        assert "right in the first row only: is the loop over the batch missing?" in error.headline
        assert error.misconception == "first-row-only"

    def test_rows_that_are_wrong_in_their_own_way_are_not_a_missing_loop(self) -> None:
        wrong = np.vstack([G[:1], 2 * G[1:] + 0.3, 5 * G[1:] - 1.7])
        error = failure(close, wrong, np.vstack([G, -G[1:]]))
        assert error.headline.endswith("is right in the first row only")

    def test_an_answer_right_in_the_first_entry_or_column_only_is_named(self) -> None:
        assert "first entry only" in failure(close, [0.5, 0, 0], [0.5, 0.7, 0.9]).headline
        assert failure(close, [0.5, 0], [0.5, 0.7]).misconception == "values"
        wrong = G * [1, 0, 0]
        assert failure(close, wrong, G).misconception == "first-column-only"

    @pytest.mark.parametrize(
        ("actual", "expected"),
        [
            (2.0, 1.0),  # round numbers meet by chance
            ([2.0, 0.0], [1.0, 0.0]),
            ([0.62, -1.27, 0.58], [0.31, -1.27, 0.58]),
            (2 * G * (1 + 1e-4 * np.arange(6).reshape(2, 3)), G),
            ([2.0, 3.0], [1.0, 4.0]),
        ],
    )
    def test_no_factor_is_named_by_chance(self, actual: Any, expected: Any) -> None:
        assert failure(close, actual, expected).misconception == "values"

    def test_a_factor_of_a_single_number_is_named_where_it_is_no_round_one(self) -> None:
        assert failure(close, 2 * 0.0644223, 0.0644223).misconception == "factor:2"

    def test_zeros_of_both_do_not_hide_a_factor(self) -> None:
        mask = np.array([[1, 0, 1], [0, 1, 1]])
        assert failure(close, 2 * G * mask, G * mask).misconception == "factor:2"

    def test_nan_and_infinity_are_named_before_values(self) -> None:
        with np.errstate(all="ignore"):
            nan = failure(close, G / np.array([1, 1, 0]) * 0, G)
        assert nan.misconception == "nan"
        assert "NaN in 2 of 6 entries" in nan.headline
        assert failure(close, np.inf, 1.0).misconception == "inf"
        close([1.0, -np.inf], [1.0, -np.inf])
        assert failure(close, [1.0, np.inf], [1.0, -np.inf]).misconception == "values"

    def test_huge_numbers_do_not_break_it(self) -> None:
        assert failure(close, [1e308, -1e308], [-1e308, 1.0]).misconception == "values"
        assert failure(close, 10**400, 1.0).misconception == "inf"
        assert failure(close, -(10**400), 1.0).misconception == "inf"

    def test_tolerances_are_keyword_only_and_sane(self) -> None:
        with pytest.raises(TypeError):
            close(1.0, 1.0, 1e-3)  # type: ignore[misc]
        with pytest.raises(ValueError, match="tolerances"):
            close(1.0, 1.0, rtol=-1)
        with pytest.raises(ValueError, match="tolerances"):
            close(1.0, 1.0, atol=float("inf"))
        close(1.0, 1.1, rtol=0.1)
        assert failure(close, 1.0, 1.1, rtol=0.01).misconception == "values"

    def test_nan_in_the_expected_value_is_the_authors_mistake(self) -> None:
        with pytest.raises(ValueError, match="expected value is NaN"):
            close(1.0, float("nan"))

    def test_values_are_in_the_detail_and_never_in_the_headline(self) -> None:
        small = failure(close, [1.25, 2.5], [1.25, 3.75], name="the loss")
        assert small.headline == "the loss is wrong in 1 of 2 entries"
        assert small.detail == "got [1.25, 2.5], expected [1.25, 3.75]"
        wrong = np.arange(20.0).reshape(4, 5)
        wrong[2, 1] += 0.5
        large = failure(close, wrong, np.arange(20.0).reshape(4, 5))
        assert large.headline == "your result is wrong in 1 of 20 entries"
        assert large.detail == "farthest off at [2, 1]: got 11.5, expected 11"

    def test_a_known_mistake_is_named_by_its_author(self) -> None:
        mistakes = {"is σ′ taken at h instead of a?": G**2, "never mind": G}
        error = failure(close, G**2, G, mistakes=mistakes, name="the gradient")
        assert error.headline == "the gradient is wrong: is σ′ taken at h instead of a?"
        assert error.misconception == "is-taken-at-h-instead-of-a"
        assert failure(close, G**3, G, mistakes=mistakes).misconception == "values"

    def test_lists_and_dictionaries_of_arrays_are_compared_part_by_part(self) -> None:
        expected = {"W": [G, SQUARE], "b": 1.5}
        close({"W": (G, torch.tensor(SQUARE)), "b": 1.5}, expected)
        error = failure(close, {"W": [G, SQUARE.T], "b": 1.5}, expected, name="grads")
        assert error.headline == "grads['W'][1] is the transpose of what is expected"
        assert "has no entry 'b'" in failure(close, {"W": []}, expected).headline
        assert "an entry too many: 'c'" in failure(close, {**expected, "c": 1}, expected).headline
        assert "has 1 values, expected 2" in failure(close, [G], [G, SQUARE]).headline
        assert "is a number, expected 2 values" in failure(close, 1.0, [G, SQUARE]).headline
        close(np.stack([G, G]), [G, G])
        assert "is one array, expected 2 parts" in failure(close, np.stack([G]), [G, G]).headline
        assert "is None" in failure(close, None, [G, SQUARE]).headline
        assert "expected a dictionary" in failure(close, [1], expected).headline

    @settings(max_examples=300, deadline=None)
    @given(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.complex_numbers()
            | st.text(max_size=3)
            | st.binary(max_size=3),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.tuples(inner, inner)
                | st.dictionaries(st.text(max_size=2) | st.integers(), inner, max_size=2)
            ),
            max_leaves=8,
        )
    )
    def test_no_value_breaks_a_comparison(self, value: Any) -> None:
        for compare, expected in (
            (close, G),
            (close, 1.5),
            (close, [G, 1.0]),
            (equal, [1, "a"]),
            (close, {"a": 1.0}),
            (equal, "a"),
            (equal, True),
        ):
            text = said(lambda: compare(value, expected))  # noqa: B023
            assert text is None or 0 < len(text) < 2000
        assert said(lambda: shaped(value, (2, None))) != ""
        assert said(lambda: unpack(value, 2)) != ""


class TestEqual:
    @pytest.mark.parametrize(
        ("actual", "expected"),
        [
            (3, 3), (3.0, 3), ("abc", "abc"), (True, True), (np.bool_(True), True),
            ([1, 2], np.array([1, 2])), (torch.tensor([1, 2]), [1, 2]), ((1, 2), [1, 2]),
            (None, None), ([], []), ({"a": [1, "x"]}, {"a": [1, "x"]}),
            (np.array([1.0, np.nan]), np.array([1.0, np.nan])), (["a", 1], ("a", 1)),
        ],
    )  # fmt: skip
    def test_the_same_value_is_accepted(self, actual: object, expected: object) -> None:
        equal(actual, expected)

    @pytest.mark.parametrize(
        ("actual", "expected", "text"),
        [
            (4, 3, "your result is wrong"),
            (None, 3, "is None: is the `return` missing?"),
            (1, True, "is a number, expected True or False"),
            (True, 1, "holds True and False, expected numbers"),
            ("a b", "ab", "is wrong: only the spaces differ"),
            ("Ab", "ab", "is wrong: only upper and lower case differ"),
            (3, "3", "is a number, expected a string"),
            ("3", 3, "is a string, expected a number"),
            ([1, 3], [1, 2], "is wrong in 1 of 2 entries"),
            ([1, 2, 3], [1, 2], "has shape (3,), expected (2,)"),
            (["a", "b"], ["a", "c"], "your result[1] is wrong"),
            ({"a": 1}, {"a": 2}, "your result['a'] is wrong"),
        ],
    )
    def test_another_value_is_explained(self, actual: object, expected: object, text: str) -> None:
        assert text in failure(equal, actual, expected).headline


class TestShaped:
    def test_a_shape_may_have_free_lengths(self) -> None:
        shaped(G, (2, 3))
        assert shaped(G.tolist(), (None, 3)).tolist() == G.tolist()
        shaped(torch.zeros(4), (4,))
        shaped(1.0, ())

    @pytest.mark.parametrize(
        ("actual", "shape", "text"),
        [
            (G, (3, 2), "has shape (2, 3), expected (3, 2): the axes are the other way round"),
            (G, (None, 4), "has shape (2, 3), expected (any, 4)"),
            (G, (6,), "expected (6,)"),
            (None, (6,), "is None"),
            ("x", (6,), "is a string"),
            (G * np.nan, (2, 3), "NaN in 6 of 6 entries"),
        ],
    )
    def test_another_shape_is_explained(
        self, actual: object, shape: tuple[int | None, ...], text: str
    ) -> None:
        assert text in failure(shaped, actual, shape).headline


class TestHelpers:
    def test_an_argument_changed_in_place_is_named(self) -> None:
        student = student_of("def f(X, W):\n    W -= 1\n    return X + 0\ndef g(X): return X + 1")
        student.f(np.ones(2), W=np.ones(2))
        error = failure(unchanged, student)
        assert error.headline == "`f` changes its argument `W` in place: work on a copy"
        assert error.misconception == "mutated"
        student.g(np.ones(2))
        unchanged(student)

    def test_a_function_that_remembers_is_found(self) -> None:
        student = student_of("""
            count = 0
            def pure(x): return {"a": [x + 1, None]}
            def counts(x):
                global count
                count += 1
                return x + count
        """)
        equal(repeatable(student.pure, 1), {"a": [2, None]})
        error = failure(repeatable, student.counts, 1)
        assert error.misconception == "global-state"
        assert "two calls of `counts` with the same arguments differ" in error.headline

    def test_a_function_that_spoils_its_argument_gets_a_fresh_one(self) -> None:
        student = student_of("def f(X):\n    X += 1\n    return X.sum()")
        close(repeatable(student.f, np.zeros(2)), 2.0)

    def test_results_are_unpacked_or_missed(self) -> None:
        assert unpack([1, 2], 2) == (1, 2)
        assert "is None" in failure(unpack, None, 2).headline
        assert "has 3 values, expected 2" in failure(unpack, [1, 2, 3], 2, name="x").headline
        assert "is a numpy array, expected 2 values" in failure(unpack, np.ones(2), 2).headline


class TestNames:
    def test_each_part_of_a_tuple_is_told_by_its_name(self) -> None:
        names = ("the loss", "the gradient")
        close((2.0, G), (2.0, G), name=names)
        error = failure(close, (2.0, -G), (2.0, G), name=names)
        assert error.headline == "the gradient has the opposite sign"
        assert "expected 2" in failure(close, 2.0, (2.0, G), name=names).headline
        assert failure(equal, (1, 2), (1, 3), name=names).headline == "the gradient is wrong"

    def test_places_with_names_are_compared_in_their_order(self) -> None:
        names = {1: "the gradient", 0: "the loss"}
        assert failure(close, (3.0, -G), (2.0, G), name=names).headline.startswith("the gradient")

    def test_entries_with_names_may_have_others_beside_them(self) -> None:
        names = {"W": "the gradient of W"}
        close({"W": G, "more": 1}, {"W": G, "b": 0.0}, name=names)
        error = failure(close, {"W": 2 * G}, {"W": G}, name=names)
        assert error.headline.startswith("the gradient of W is the expected one times 2")
        missing = failure(close, {"w": G}, {"W": G}, name=names)
        assert missing.headline == 'the result must be a dictionary with an entry "W"'

    def test_a_mistake_may_say_nothing_of_a_part(self) -> None:
        wrong = {"is the slope missing?": (None, G + 1)}
        error = failure(close, (2.0, G + 1), (2.0, G), name=("f", "df"), mistakes=wrong)
        assert error.headline == "df is wrong: is the slope missing?"

    def test_an_entry_is_taken_out_of_a_dictionary(self) -> None:
        assert entry({"w0": 3.0}, "w0", "my_slopes") == 3.0
        error = failure(entry, {"w0": None}, "w0", "my_slopes")
        assert error.headline == 'not answered yet: the entry "w0" of my_slopes is None'
        error = failure(entry, [3.0], "w0", "my_slopes")
        assert error.headline == 'my_slopes must be a dictionary with an entry "w0"'
