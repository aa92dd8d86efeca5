"""Answers that are wrong alike, and how much that says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks.diagnosis.likeness import Evidence, likeness
from autograder.checks.diagnosis.record import Event

RNG = np.random.default_rng(11)
RIGHT = RNG.normal(size=(5, 4))
WRONG = RIGHT * RNG.uniform(1.5, 2, size=(5, 4))


def compare(mine: object, wrong: object, right: object) -> Evidence | None:
    return likeness(*([Event("call", "f", value)] for value in (mine, wrong, right)))


@pytest.mark.parametrize(
    "mine",
    [
        WRONG.astype(np.float32),
        torch.tensor(WRONG),
        WRONG.tolist(),
        WRONG * (1 + 1e-9 * RIGHT),
        np.vectorize(lambda value: float(f"{value:.5g}"))(WRONG),
    ],
    ids=["float32", "a tensor", "lists", "another order", "five digits"],
)
def test_numbers_that_are_wrong_alike_count_in_whatever_form(mine: object) -> None:
    assert compare(mine, WRONG, RIGHT) == Evidence(numbers=20)


@pytest.mark.parametrize(
    "mine",
    [
        RIGHT,
        WRONG + 1e-3,
        1.001 * WRONG,
        WRONG.T,
        WRONG[:-1],
        np.where(np.arange(4) < 1, RIGHT, WRONG),
        np.where(np.arange(4) < 1, np.nan, WRONG),
        WRONG + 1e-3j,
        None,
        "a text",
        {"W": WRONG},
    ],
    ids=[
        "the right ones", "an offset", "a factor", "transposed", "a row less", "one column right",
        "nan", "complex", "nothing", "a text", "in a dictionary",
    ],
)  # fmt: skip
def test_what_is_wrong_otherwise_is_not_alike(mine: object) -> None:
    assert compare(mine, WRONG, RIGHT) is None


def test_two_answers_near_the_right_one_have_to_be_nearer_to_each_other() -> None:
    wrong = RIGHT + 1e-6
    assert compare(RIGHT + 1e-6, wrong, RIGHT) == Evidence(numbers=20)
    assert compare(RIGHT + 2e-6, wrong, RIGHT) is None
    assert compare(RIGHT, wrong, RIGHT) is None


def test_answers_that_are_both_far_too_small_are_not_alike_for_that() -> None:
    tiny = 1e-6 * WRONG
    assert compare(2 * tiny, tiny, RIGHT) is None
    assert compare(tiny, tiny, RIGHT) == Evidence(numbers=20)
    # Of an entry that is lost beside a large one nothing is known.
    wrong, mine = np.array([1e6 + 1.3, 0.37]), np.array([1e6 + 1.3, 0.57])
    assert compare(mine, wrong, np.array([5.1, 900.7])) == Evidence(1, 1)


def test_what_both_have_right_says_nothing() -> None:
    both = compare([RIGHT, WRONG], [RIGHT, WRONG], [RIGHT, RIGHT])
    assert both == Evidence(numbers=20)
    assert not compare([RIGHT], [RIGHT], [RIGHT])


@pytest.mark.parametrize(
    "wrong",
    [0 * RIGHT, np.full((5, 4), np.nan), np.full((5, 4), np.inf), np.round(8 * RIGHT) / 4 + 50],
    ids=["zeros", "nan", "infinite", "round"],
)
def test_what_may_be_met_by_chance_is_counted_apart(wrong: np.ndarray) -> None:
    assert compare(wrong.copy(), wrong, RIGHT) == Evidence(others=20)


@pytest.mark.parametrize("values", [(True, False), (None, 1.5), ("left", "right")], ids=str)
def test_a_single_value_of_another_kind_is_no_number(values: tuple[object, object]) -> None:
    wrong, right = values
    assert compare(wrong, wrong, right) == Evidence(others=1)


def test_right_numbers_in_another_shape_are_no_wrong_numbers() -> None:
    flat = RIGHT.ravel()
    assert compare(flat, flat, RIGHT) == Evidence(others=1)
    assert compare(RIGHT.T, RIGHT.T, RIGHT).numbers > 0  # type: ignore[union-attr]


def test_answers_have_to_be_asked_for_in_the_same_order() -> None:
    first, second = Event("call", "f", WRONG), Event("callback", "", (WRONG,))
    assert likeness([first, second], [second, first], [first]) is None
    assert likeness([first], [first, second], [first]) is None


def test_after_the_first_wrong_answer_others_are_compared_but_not_counted() -> None:
    """A check may ask something else after a wrong answer than after a right one."""
    wrong = [Event("call", "f", WRONG), Event("call", "f", 3 * WRONG)]
    right = [Event("call", "f", RIGHT), Event("call", "f", RIGHT)]
    assert likeness(wrong, wrong, right) == Evidence(numbers=20)
    assert likeness([wrong[0], right[1]], wrong, right) is None


def test_going_on_where_the_right_solution_stops_is_no_number() -> None:
    wrong = [Event("callback", "", (WRONG,)), Event("callback", "", (RIGHT,))]
    assert likeness(wrong, wrong, [wrong[0]]) == Evidence(others=1)


def arrays() -> st.SearchStrategy[Any]:
    """Small arrays and tensors of every type that the wire carries."""
    dtypes = st.sampled_from(["?", "i1", "u8", "i8", "f2", "f4", "f8", "c8", "c16"])
    shapes = st.sampled_from([(), (0,), (1,), (2,), (3, 2), (2, 0)])
    raw = st.binary(min_size=96, max_size=96)

    def make(dtype: str, shape: tuple[int, ...], content: bytes) -> Any:
        count = int(np.prod(shape))
        return np.frombuffer(content, dtype=dtype, count=count).reshape(shape)

    made = st.builds(make, dtypes, shapes, raw)
    halves = st.sampled_from([torch.zeros(2, dtype=torch.bfloat16), torch.ones(3).bool()])
    return st.one_of(made, halves)


def values() -> st.SearchStrategy[Any]:
    single = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers()
    leaves = single | st.text(max_size=3) | st.binary(max_size=3) | arrays()
    return st.recursive(
        leaves,
        lambda part: (
            st.lists(part, max_size=3)
            | st.tuples(part, part)
            | st.dictionaries(st.text(max_size=2) | st.integers(), part, max_size=3)
        ),
        max_leaves=8,
    )


@settings(max_examples=300, deadline=None)
@given(values(), values(), values())
def test_whatever_is_answered_can_be_compared(mine: Any, wrong: Any, right: Any) -> None:
    """A student's answer must never end the marking."""
    assert isinstance(compare(mine, wrong, right), Evidence | None)
    assert compare(wrong, wrong, right) is not None
    assert not compare(right, right, right)
