"""correlate takes the kernel to be square: wrong (wrong shape or an error) for kernels of 2x3 or 3x1, while convolve is right

task: flip
"""

# %% flip
def correlate(x, k):
    """Return the valid cross-correlation of an image with a kernel, a matrix."""
    m = len(k)
    windows = np.lib.stride_tricks.sliding_window_view(x, (m, m))
    return np.array([[(window * k).sum() for window in row] for row in windows])


def convolve(x, k, full=False):
    """Return the true convolution of an image with a kernel, a matrix."""
    (H, W), (kh, kw) = x.shape, k.shape
    y = np.zeros((H + kh - 1, W + kw - 1))
    for u in range(kh):
        for v in range(kw):
            y[u : u + H, v : v + W] += k[u, v] * x
    return y if full else y[kh - 1 : H, kw - 1 : W]
