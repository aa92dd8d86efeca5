from __future__ import annotations

import json
import math
import time
from collections import OrderedDict, namedtuple
from enum import IntEnum
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.errors import WireError
from autograder.sandbox.wire import Encoder, WireLimits
from autograder.sandbox.wire.decoder import decode
from autograder.sandbox.wire.kinds import NUMPY_DTYPES, TORCH_DTYPES

LIMITS = WireLimits()


def encode(value: object, *, limits: WireLimits) -> tuple[Any, list[bytes]]:
    def refuse(other: object) -> Any:
        raise WireError(f"an object of type {type(other).__name__} cannot be sent")

    encoder = Encoder(limits, refuse)
    return encoder.encode(value), encoder.buffers


def there_and_back(value: object, limits: WireLimits = LIMITS) -> Any:
    node, buffers = encode(value, limits=limits)
    travelled = json.loads(json.dumps(node, allow_nan=False))
    return decode(travelled, [bytearray(raw) for raw in buffers], limits=limits)


def refused(node: object, *buffers: bytes, limits: WireLimits = LIMITS) -> str:
    with pytest.raises(WireError) as caught:
        decode(node, list(buffers), limits=limits)
    return str(caught.value)


def same(a: object, b: object) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray | np.generic):
        assert isinstance(b, np.ndarray | np.generic)
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        assert isinstance(b, list | tuple)
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        assert isinstance(b, dict)
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, float):
        assert isinstance(b, float)
        return (a == b and math.copysign(1, a) == math.copysign(1, b)) or (a != a and b != b)
    return bool(a == b)


def test_an_array_arrives_in_the_order_in_which_it_lies_in_memory() -> None:
    for array in (np.arange(6.0).reshape(2, 3), np.arange(24).reshape(2, 3, 4).T, np.eye(3)[::2].T):
        arrived = there_and_back(array)
        assert same(arrived, array)
        assert arrived.flags.f_contiguous == array.flags.f_contiguous
        assert arrived.flags.writeable


whole = st.integers(-(1 << 63), (1 << 63) - 1)
keys = st.one_of(st.text(max_size=8), whole, st.booleans(), st.tuples(whole))
arrays = st.sampled_from(sorted(NUMPY_DTYPES)).flatmap(
    lambda name: hnp.arrays(name, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
)
values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(1 << 200), 1 << 200),
        st.floats(),
        st.complex_numbers(allow_nan=False),
        st.text(),
        st.binary(max_size=20),
        arrays,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(keys, inner, max_size=4),
    ),
    max_leaves=10,
)


@given(values)
@settings(max_examples=150, deadline=None)
def test_every_value_comes_back_as_it_was(value: object) -> None:
    assert same(there_and_back(value), value)


def test_numbers_that_are_not_finite_come_back_as_keys_too() -> None:
    for value in ({math.nan: 1, -math.nan: 2}, [math.inf, -0.0, complex(math.nan, -0.0)]):
        assert repr(there_and_back(value)) == repr(value)


@pytest.mark.parametrize("name", sorted(TORCH_DTYPES))
def test_tensors_of_every_dtype_come_back(name: str) -> None:
    tensor = torch.tensor([[0, 1, 1], [1, 0, 1]]).to(getattr(torch, name))
    back = there_and_back(tensor)
    assert back.dtype == tensor.dtype
    assert torch.equal(back, tensor)
    assert there_and_back(tensor[0, 0]).shape == ()


def test_a_parameter_comes_back_as_a_plain_tensor() -> None:
    back = there_and_back(torch.nn.Parameter(torch.ones(2)))
    assert type(back) is torch.Tensor
    assert not back.requires_grad


def test_views_and_conjugates_come_back_with_their_values() -> None:
    tensor = torch.arange(6.0).reshape(2, 3)
    assert torch.equal(there_and_back(tensor.T), tensor.T)
    numbers = torch.tensor([1 + 2j]).conj()
    assert torch.equal(there_and_back(numbers), numbers)
    array = np.arange(6).reshape(2, 3)[::-1, ::2]
    np.testing.assert_array_equal(there_and_back(array), array)
    assert there_and_back(np.arange(3, dtype=">i4")).tolist() == [0, 1, 2]


def test_arrays_arrive_writable_and_apart_from_each_other() -> None:
    array = np.zeros(3)
    first, second = there_and_back((array, array))
    first[0] = 1
    assert second[0] == 0


@pytest.mark.parametrize(
    "value",
    [
        slice(1, None, 2),
        ...,
        pytest.param({1, "a"}, id="set"),
        np.dtype("float32"),
        torch.float64,
        b"",
        np.float32(0.1),
    ],
    ids=repr,
)
def test_rarer_values_come_back(value: object) -> None:
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


def test_subclasses_are_flattened_to_what_they_are_made_of() -> None:
    class Liar(np.ndarray):
        def __eq__(self, other: object) -> bool:  # type: ignore[override]
            return True

        __hash__ = None  # type: ignore[assignment]

    class Colour(IntEnum):
        RED = 1

    class Text(str):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = str.__hash__

    point = namedtuple("point", "x y")
    assert type(there_and_back(np.zeros(2).view(Liar))) is np.ndarray
    assert type(there_and_back(Colour.RED)) is int
    assert type(there_and_back(Text("a"))) is str
    assert type(there_and_back(point(1, 2))) is tuple
    assert type(there_and_back(OrderedDict(a=1))) is dict
    assert there_and_back(torch.Size([2, 3])) == (2, 3)


def test_a_random_generator_arrives_as_a_copy_that_draws_the_same() -> None:
    rng = np.random.default_rng(7)
    rng.normal(size=3)
    copy = there_and_back(rng)
    assert copy.normal() == rng.normal()


def test_what_is_too_much_is_refused_by_the_sender() -> None:
    endless: list[object] = []
    endless.append(endless)
    for value, words in (
        (endless, "too deep"),
        (np.broadcast_to(1.0, (10**9,)), "too large"),
        (torch.ones(1).expand(10**10), "too large"),
        (1 << 5000, "too large"),
        ([0] * 300_000, "too large"),
        (["x" * 1000] * 10_000, "too large"),
        (np.array([object()]), "dtype object"),
        (np.array(["a"]), "dtype <U1"),
        (torch.eye(3).to_sparse(), "to_dense"),
        ("\ud800", "surrogate"),
        (object(), "object"),
    ):
        with pytest.raises(WireError, match=words):
            encode(value, limits=LIMITS)


@pytest.mark.parametrize(
    "node",
    [
        {"t": "turned", "dtype": "float64", "shape": [2, 2], "b": 0},
        {"t": "turned", "dtype": "float64", "shape": [1], "b": 0, "order": "F"},
        {"t": "array", "dtype": "object", "shape": [1], "b": 0},
        {"t": "array", "dtype": "float64", "shape": [2], "b": 0},
        {"t": "array", "dtype": "float64", "shape": [-1], "b": 0},
        {"t": "array", "dtype": "float64", "shape": [True], "b": 0},
        {"t": "array", "dtype": "float64", "shape": [1 << 62, 1 << 62], "b": 0},
        {"t": "array", "dtype": "float64", "shape": [1] * 40, "b": 0},
        {"t": "array", "dtype": "float64", "shape": [1.0], "b": 0},
        {"t": "array", "dtype": "float64", "shape": [1], "b": 1},
        {"t": "array", "dtype": "float64", "shape": [1], "b": -1},
        {"t": "array", "dtype": ["float64"], "shape": [1], "b": 0},
        {"t": "array", "dtype": "float64", "shape": [1], "b": 0, "more": 1},
        {"t": "tensor", "dtype": "qint8", "shape": [8], "b": 0},
        {"t": "tensor", "dtype": "__class__", "shape": [8], "b": 0},
        {"t": "scalar", "dtype": "int8", "v": 300},
        {"t": "scalar", "dtype": "int8", "v": True},
        {"t": "scalar", "dtype": "float64", "v": "1"},
        {"t": "int", "v": "0x" + "f" * 5000},
        {"t": "int", "v": "__import__"},
        {"t": "float", "v": "infinity"},
        {"t": "complex", "v": [1, 2]},
        {"t": "dict", "v": [["a", 1], ["a", 2]]},
        {"t": "dict", "v": [[[1], 2]]},
        {"t": "dict", "v": [[1, 1], [True, 2]]},
        {"t": "set", "v": [1, 1]},
        {"t": "str", "b": 0},
        {"t": "rng", "v": [-1, 0, 0, 0]},
        {"t": "handle", "id": 1, "type": "x", "callable": False},
        {"t": "callback", "id": 0},
        {"t": "name", "v": "x"},
        {"t": "pickle", "b": 0},
        {"t": ["array"]},
        {"t": None},
        {},
        1 << 70,
        math.nan,
        math.inf,
        "\ud800",
        b"bytes",
        (1, 2),
    ],
    ids=lambda node: str(node)[:60],
)
def test_a_malformed_node_is_refused(node: object) -> None:
    refused(node, b"\xff" * 8)


def test_a_buffer_belongs_to_exactly_one_value() -> None:
    array = {"t": "array", "dtype": "uint8", "shape": [1], "b": 0}
    assert "twice" in refused([array, array], b"a")
    assert "belongs to no value" in refused(None, b"a")


def test_depth_and_number_of_values_are_limited_on_arrival_too() -> None:
    deep: object = 1
    for _ in range(40):
        deep = [deep]
    assert "too deep" in refused(deep)
    for _ in range(100_000):
        deep = [deep]
    assert "too deep" in refused(deep)
    assert "too large" in refused([0] * 300_000)


@pytest.mark.parametrize("kind", ["set", "dict"])
@pytest.mark.parametrize(
    "key",
    [
        # Multiples of 2**61 - 1: Python gives them all the hash 0.
        lambda number: {"t": "int", "v": hex(((1 << 61) - 1) * (number + 16))},
        lambda number: {"t": "tuple", "v": [number, number]},
    ],
    ids=["integers", "tuples"],
)
def test_keys_that_could_share_a_hash_are_not_taken_in_numbers(kind: str, key: Any) -> None:
    keys = [key(number) for number in range(40_000)]
    node = {"t": kind, "v": keys if kind == "set" else [[key, 0] for key in keys]}
    start = time.monotonic()
    assert "keys" in refused(node)
    assert time.monotonic() - start < 5
    assert there_and_back({(1, 2): 3, (1 << 63) - 1: 4}) == {(1, 2): 3, (1 << 63) - 1: 4}


def test_an_empty_array_is_not_huge_along_its_other_axes() -> None:
    assert there_and_back(np.zeros((0, 1000, 3))).shape == (0, 1000, 3)
    for kind in ("array", "tensor"):
        node = {"t": kind, "dtype": "float64", "shape": [0, 1 << 33], "b": 0}
        assert "impossible shape" in refused(node, b"")


def test_booleans_are_0_or_1_whatever_the_bytes_say() -> None:
    node = {"t": "array", "dtype": "bool", "shape": [2], "b": 0}
    array = decode(node, [b"\x02\x00"], limits=LIMITS)
    assert isinstance(array, np.ndarray)
    assert array.view(np.uint8).tolist() == [1, 0]
