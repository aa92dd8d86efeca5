"""the valid convolution is cut out of the full one with a slice that ends at 1-kh, so that it is empty for kernels of one row or one column

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
    y = np.zeros((H + kh - 1, W + kw - 1))
    for u in range(kh):
        for v in range(kw):
            y[u : u + H, v : v + W] += k[u, v] * x
    return y if full else y[kh - 1 : 1 - kh, kw - 1 : 1 - kw]
