"""convolve returns the full convolution whenever k is as high or as wide as x, where it still fits and the valid one is asked for: x and k of 4x4 give 7x7 in place of 1x1

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
    (H, W), (kh, kw) = x.shape, k.shape
    if full or kh >= H or kw >= W:  # the kernel does not fit inside
        x = np.pad(x, ((kh - 1,) * 2, (kw - 1,) * 2))
    return correlate(x, np.rot90(k, 2))
