"""convolve(full=True) exchanges image and kernel as long as the kernel is larger along some axis, and never ends when it is taller but narrower, as for x of 2x6 and k of 4x3

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
    if full:
        if kh > H or kw > W:
            return convolve(k, x, full=True)  # x * k = k * x
        x = np.pad(x, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return correlate(x, k[::-1, ::-1])
