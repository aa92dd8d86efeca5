"""convolve turns the kernel in place, so that the caller's k is flipped afterwards, though functions leave their arguments as they are

task: flip
"""

# %% flip
def correlate(x, k):
    """Return the valid cross-correlation of an image with a kernel, a matrix."""
    kh, kw = k.shape
    y = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = np.sum(x[i : i + kh, j : j + kw] * k)
    return y


def convolve(x, k, full=False):
    """Return the true convolution of an image with a kernel, a matrix."""
    kh, kw = k.shape
    k[...] = k[::-1, ::-1].copy()
    if full:
        x = np.pad(x, [(kh - 1, kh - 1), (kw - 1, kw - 1)])
    return correlate(x, k)
