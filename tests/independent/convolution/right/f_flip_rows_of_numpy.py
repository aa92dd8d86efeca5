"""rows are convolved with np.convolve and added; the correlation is the convolution with the turned kernel

task: flip
"""

# %% flip
def convolve(x, k, full=False):
    """Return the true convolution of an image with a kernel, a matrix."""
    H, kh = len(x), len(k)
    rows = [
        sum(np.convolve(x[p], k[i - p], mode="full") for p in range(max(0, i - kh + 1), min(H, i + 1)))
        for i in range(H + kh - 1)
    ]
    result = np.vstack(rows)
    if not full:
        result = result[kh - 1 : len(x), k.shape[1] - 1 : x.shape[1]]
    return torch.from_numpy(result.copy())


def correlate(x, k):
    """Return the valid cross-correlation of an image with a kernel, a matrix."""
    return convolve(x, np.rot90(k, 2), full=False)
