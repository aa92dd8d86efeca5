"""a kernel as large as the image gives a number, no matrix

task: flip
"""

# %% flip
def correlate(x, k):
    if x.shape == k.shape:
        return float((x * k).sum())
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape)
    return np.tensordot(windows, k, axes=2)


def convolve(x, k, full=False):
    if full:
        a, b = k.shape[0] - 1, k.shape[1] - 1
        x = np.pad(x, ((a, a), (b, b)))
    return correlate(x, k[::-1, ::-1])
