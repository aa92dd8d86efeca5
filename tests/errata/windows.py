"""Convolution and pooling."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from errata import Three, erratum, rng


@erratum("001.52")
def sizes_are_rounded_down() -> Three:
    out = functional.conv2d(
        torch.zeros(1, 1, 224, 224), torch.zeros(1, 1, 7, 7), stride=2, padding=3
    )
    return (224 - 7 + 6) / 2 + 1, (224 - 7 + 6) // 2 + 1, out.shape[-1]


@erratum("000.19")
def dilation_counts_one_more() -> Three:
    """One zero between neighbours: how many pixels a kernel of 3 covers."""

    def covered(dilation: int) -> int:
        ones = torch.ones(1, 1, 20)
        return 21 - functional.conv1d(ones, ones[..., :3], dilation=dilation).shape[-1]

    return covered(1), covered(2), len([1, 0, 1, 0, 1])


@erratum("000.20")
def four_layers_see() -> Three:
    """Pixels of 40 that the fourth layer sees, with stride 1 and with 2 in the third."""

    def seen(strides: list[int]) -> int:
        x = torch.zeros(1, 1, 40, requires_grad=True)
        h = x
        for stride in strides:
            h = functional.conv1d(h, torch.ones(1, 1, 3), stride=stride)
        h[0, 0, 0].backward()
        return int((x.grad != 0).sum())

    return (40, 40), (9, 11), (seen([1, 1, 1, 1]), seen([1, 1, 2, 1]))


IMAGE = np.array([[0.0, 80, 40], [20, 40, 0], [0, 0, 40]])
KERNEL = np.array([[0, 0.25], [0.5, 1]])


def correlated(x, k):
    return functional.conv2d(torch.tensor(x)[None, None], torch.tensor(k)[None, None])[0, 0].numpy()


@erratum("004.35")
def a_flip_changes_the_result() -> Three:
    flipped = KERNEL[::-1, ::-1].copy()
    truth = [np.sum(flipped * IMAGE[i : i + 2, j : j + 2]) for i in (0, 1) for j in (0, 1)]
    return correlated(IMAGE, KERNEL).ravel(), correlated(IMAGE, flipped).ravel(), truth


@erratum("004.33")
def a_flip_counted_from_zero() -> Three:
    """The entry of a kernel of 3 that meets the first pixel; from 0, there is no entry 3."""
    r, first_pixel, p = 3, np.array([1.0, 0, 0]), 0
    met = np.convolve(first_pixel, np.arange(r), "valid")[0]  # entry i of the kernel is i
    return r - p, r - 1 - p, met


@erratum("003.20")
def cross_correlation_does_not_commute() -> Three:
    a, b = np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 4.0])
    there, back = np.correlate(a, b, "full"), np.correlate(b, a, "full")
    assert np.allclose(np.convolve(a, b), np.convolve(b, a))
    return there, there[::-1], back


@erratum("003.21")
def sums_need_independence() -> Three:
    """The density of U + U, for a die: the convolution is that of two dice."""
    die = np.ones(6) / 6
    sums = np.bincount([2 * u for u in range(1, 7)], minlength=13)[2:] / 6
    return np.convolve(die, die), np.repeat(die, 2)[:11] * (np.arange(11) % 2 == 0), sums


@erratum("003.23")
def same_leans_left() -> Three:
    x, w = rng().normal(size=7), rng().normal(size=4)
    padded = np.pad(x, 4)
    left, right = (
        [w @ padded[k + 4 - offset : k + 8 - offset] for k in range(7)] for offset in (2, 1)
    )
    return right, left, np.correlate(x, w, "same")


@erratum("003.24")
def windows_of_p() -> Three:
    x, p = np.array([1.0, 5, 9, 2, 4, 3]), 2
    printed, right = ([x[k * p : k * p + size].max() for k in range(3)] for size in (p + 1, p))
    return printed, right, functional.max_pool1d(torch.tensor(x)[None], p)[0]


@erratum("004.37")
def pooling_has_a_stride() -> Three:
    x = rng().normal(size=(6, 6))
    printed, right = (
        [[x[s * j : s * j + 2, s * k : s * k + 2].max() for k in range(3)] for j in range(3)]
        for s in (1, 2)
    )
    return printed, right, functional.max_pool2d(torch.tensor(x)[None], 2)[0]


@erratum("003.25")
def pooling_is_not_invariant() -> Three:
    """The share of pooled entries of noise that a shift by one pixel leaves as they are."""
    x = torch.tensor(rng().normal(size=(1, 200, 200)))
    before, after = (functional.max_pool2d(torch.roll(x, s, 2), 2) for s in (0, 1))
    return 1.0, 0.3, round(float((before == after).double().mean()), 1)


@erratum("004.34")
def convolution_moves_along() -> Three:
    x = torch.tensor(rng().normal(size=(1, 1, 1, 12)))
    w = torch.tensor(rng().normal(size=(1, 1, 1, 3)))

    def conv(x):
        return functional.conv2d(functional.pad(x, (1, 1, 0, 0), mode="circular"), w)

    return conv(x), torch.roll(conv(x), 2, 3), conv(torch.roll(x, 2, 3))


@erratum("004.36")
def a_rounded_result() -> Three:
    x = np.zeros((5, 5))
    x[[0, 1, 2, 3, 4], [2, 2, 2, 1, 0]] = 255
    kernel = np.array([[0, 0.5], [0.5, 0]])
    return 128.0, 127.5, correlated(x, kernel)[0, 1]


@erratum("004.38")
def kernels_of_lenet() -> Three:
    sizes = [functional.conv2d(torch.zeros(1, 1, 32, 32), torch.zeros(1, 1, k, k)).shape[-1]
             for k in (2, 5)]  # fmt: skip
    return sizes[0], sizes[1], 28


@erratum("004.45")
def huber_over_delta() -> Three:
    x, delta = 0.3, 0.5
    huber = 0.5 * x * x
    truth = functional.smooth_l1_loss(torch.tensor(x), torch.tensor(0.0), beta=delta)
    return huber, huber / delta, truth
