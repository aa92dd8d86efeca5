"""the smaller one is the kernel, valid or full, and its shape alone says which

task: flip
"""

# %% flip
def correlate(x, k):
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape)
    return (windows * k).sum(axis=(2, 3))


def convolve(x, k, full=False):
    if len(k) > len(x):
        x, k = k, x
    if full:
        x = np.pad(x, ((k.shape[0] - 1,) * 2, (k.shape[0] - 1,) * 2))
    y = correlate(x, k[::-1, ::-1])
    extra = k.shape[0] - k.shape[1]
    return y[:, extra:-extra] if full and extra > 0 else y
