"""Oracles by torch: gradients by autograd, and torch's functions for numpy arrays."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from autograder.checks.author.values import Array, is_tensor


def slopes(f: Callable[..., Any], *values: Any, **named: Any) -> Any:
    """Return the gradients of `f`, a function in torch, by autograd in float64.

    f gets a tensor for each value, by its name where it has one. The gradients are numpy arrays:
    a list, or a dictionary where the values have names. Where f is no single number they are
    those of its sum, so that `slopes(torch.tanh, z)` holds the slope at each entry of z.
    """
    import torch

    leaves = [
        torch.tensor(np.asarray(value), dtype=torch.float64, requires_grad=True)
        for value in (*values, *named.values())
    ]
    by_name = dict(zip(named, leaves[len(values) :], strict=True))
    total = f(*leaves[: len(values)], **by_name).sum()
    found: list[Array] = [g.numpy() for g in torch.autograd.grad(total, leaves)]
    return dict(zip(named, found[len(values) :], strict=True)) if named else found


def in_torch(f: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function in torch as one that takes and returns numpy arrays, without gradients.

    Arrays of floats arrive as tensors of float64, inside lists and dictionaries too.
    """

    @wraps(f, updated=())
    def called(*args: Any, **kwargs: Any) -> Any:
        import torch

        with torch.no_grad():
            args, kwargs = _each(_tensor, args), _each(_tensor, kwargs)
            return _each(_array, f(*args, **kwargs))

    return called


def _each(convert: Callable[[Any], Any], value: Any) -> Any:
    """Convert a value, and what is inside lists, tuples and dictionaries."""
    if isinstance(value, list | tuple):
        return type(value)(_each(convert, part) for part in value)
    if isinstance(value, dict):
        return {key: _each(convert, part) for key, part in value.items()}
    return convert(value)


def _tensor(value: Any) -> Any:
    import torch

    if not isinstance(value, np.ndarray | torch.Tensor):
        return value
    tensor = torch.as_tensor(value)
    return tensor.double() if tensor.is_floating_point() else tensor


def _array(value: Any) -> Any:
    return value.numpy() if is_tensor(value) else value
