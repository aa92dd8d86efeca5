from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from folders import student_of

from autograder.checks import CheckFailed, gradient, slopes

Params = dict[str, Any]


def network(seed: int, N: int = 5) -> tuple[Callable[[Params], Any], Params, Params]:
    """A 5-7-4 softmax network: its loss, its parameters, its gradients by autograd."""
    rng = np.random.default_rng(seed)
    X = torch.tensor(rng.normal(size=(N, 5)))
    labels = torch.tensor(rng.integers(4, size=N))
    shapes = {"W1": (5, 7), "b1": 7, "W2": (7, 4), "b2": 4}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}

    def loss(p: Params) -> torch.Tensor:
        W1, b1, W2, b2 = (torch.as_tensor(p[name]) for name in shapes)
        return torch.nn.functional.cross_entropy(torch.tanh(X @ W1 + b1) @ W2 + b2, labels)

    return loss, params, slopes(lambda **p: loss(p), **params)


def failure(*args: Any, **kwargs: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        gradient.check(*args, **kwargs)
    return caught.value


class TestRightGradients:
    @pytest.mark.parametrize("seed", range(10))
    def test_of_a_smooth_network_are_accepted(self, seed: int) -> None:
        f, params, grads = network(seed)
        gradient.check(f, grads, params)

    @pytest.mark.parametrize("scale", [1e-6, 1e-3, 1.0, 1e3, 1e6])
    def test_of_large_and_small_losses_are_accepted(self, scale: float) -> None:
        f, params, grads = network(0)
        gradient.check(lambda p: scale * f(p), {k: scale * g for k, g in grads.items()}, params)

    def test_under_a_large_constant_are_accepted(self) -> None:
        f, params, grads = network(0)
        gradient.check(lambda p: f(p) + 1e4, grads, params)

    def test_of_one_array_a_list_and_a_number_are_accepted(self) -> None:
        x = np.array([0.3, -1.2])
        gradient.check(lambda x: float((x**2).sum()), 2 * x, x)
        gradient.check(lambda p: float(p[0] @ p[1]), [2 * x, x], [x, 2 * x])
        gradient.check(lambda p: float(p[0] @ p[1]), (2 * x, x), (x, 2 * x))
        gradient.check(lambda x: x**3, 12.0, 2.0)
        gradient.check(lambda x: torch.tensor(x).sum(), torch.ones(2), torch.tensor(x))

    def test_a_parameter_without_influence_may_have_a_zero_gradient(self) -> None:
        params = {"a": np.ones(2), "b": np.ones(2)}
        gradient.check(lambda p: float(p["a"].sum()), {"a": np.ones(2), "b": np.zeros(2)}, params)

    def test_of_a_students_own_loss_are_accepted(self) -> None:
        student = student_of("""
            import numpy as np
            def loss(w, x): return float(np.sum((w * x) ** 2))
            def grad(w, x): return 2 * w * x * x
        """)
        w, x = np.array([0.5, -1.5]), np.array([2.0, 3.0])
        gradient.check(lambda w: student.loss(w, x), student.grad(w, x), w)


class TestWrongGradients:
    @pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
    @pytest.mark.parametrize("seed", range(3))
    def test_one_entry_off_by_one_percent_is_found(self, name: str, seed: int) -> None:
        f, params, grads = network(seed)
        for flat in range(0, grads[name].size, 3):
            wrong = grads[name].copy()
            wrong.flat[flat] *= 1.01
            index = ", ".join(str(int(i)) for i in np.unravel_index(flat, wrong.shape))
            error = failure(f, {**grads, name: wrong}, params)
            assert error.headline == (
                f"the gradient of `{name}` is wrong in 1 of {wrong.size} entries"
            )
            assert f"farthest off at [{index}]: got" in error.detail

    def test_a_small_entry_cannot_hide_behind_large_ones(self) -> None:
        x = np.array([1.0, 1.0])
        scale = np.array([1e3, 1e-2])
        assert failure(
            lambda x: float((scale * x).sum()), scale * np.array([1, 1.01]), x
        ).misconception

    @pytest.mark.parametrize(
        ("change", "slug"),
        [
            (lambda g: -g, "sign"),
            (lambda g: 2 * g, "factor:2"),
            (lambda g: 5 * g, "factor:N"),
            (lambda g: g / 5, "factor:1/N"),
            (lambda g: 0 * g, "zeros"),
            (lambda g: g.T, "shape"),
            (lambda g: g.ravel(), "shape"),
            (lambda g: None, "none"),
            (lambda g: "g", "type"),
            (lambda g: g * np.nan, "nan"),
            (lambda g: g * (np.arange(5) == 0)[:, None], "first-row-only"),
        ],
    )
    def test_a_known_mistake_is_named(self, change: Callable[[Any], Any], slug: str) -> None:
        f, params, grads = network(0)
        error = failure(f, {**grads, "W1": change(grads["W1"])}, params, N=5)
        assert error.headline.startswith("the gradient of `W1`")
        assert error.misconception == slug

    def test_a_transposed_square_matrix_is_named(self) -> None:
        W, x, y = np.eye(3) + 0.1, np.array([1.0, 2.0, 3.0]), np.array([0.5, -1.0, 2.0])
        error = failure(lambda W: float(y @ W @ x), np.outer(x, y), W, names=["W"])
        assert error.headline == "the gradient of `W` is the transpose of what is expected"

    def test_gradients_that_are_missing_or_no_dictionary(self) -> None:
        f, params, grads = network(0)
        assert (
            "there is no gradient of `b2`"
            in failure(f, {k: g for k, g in grads.items() if k != "b2"}, params).headline
        )
        assert "the gradients are None, expected a dictionary" in failure(f, None, params).headline
        pair = [np.ones(2), np.ones(2)]
        assert (
            "the gradients has 1 values, expected 2"
            in failure(lambda p: float(p[0].sum()), [np.ones(2)], pair).headline
        )

    def test_a_loss_that_nothing_was_done_for_does_not_pass(self) -> None:
        error = failure(lambda x: 0.0, np.zeros(3), np.ones(3))
        assert error.misconception == "constant"

    def test_a_loss_that_is_no_number_is_named(self) -> None:
        assert failure(lambda x: np.nan, np.zeros(3), np.ones(3)).misconception == "nan"
        with pytest.raises(ValueError, match=r"f has shape \(3,\), expected a single number"):
            gradient.check(lambda x: x, np.ones(3), np.ones(3))

    def test_values_are_in_the_detail_only(self) -> None:
        error = failure(lambda x: float(x @ x), np.array([0.5, 2.25]), np.array([0.35, 1.325]))
        assert error.headline == "the gradient of `x` is wrong in 2 of 2 entries"
        assert error.detail.startswith(
            "farthest off at [1]: got 2.25, differences (h=1e-05) give 2.65"
        )


def test_the_numerical_gradient_has_the_shape_of_its_argument() -> None:
    x = np.arange(6.0).reshape(2, 3)
    np.testing.assert_allclose(
        gradient.numerical(lambda x: float((x**2).sum()), x), 2 * x, atol=1e-8
    )
    assert gradient.numerical(lambda x: x**2, 3.0) == pytest.approx(6)
    with pytest.raises(ValueError, match="expected a single number"):
        gradient.numerical(lambda x: x, x)
