"""The kernel is flipped upside down only, not left to right as well.

fails: flip
says: only half flipped
"""


# %% flip
def correlate(x, k):
    kh, kw = k.shape
    H, W = x.shape
    return np.array(
        [
            [np.sum(x[i : i + kh, j : j + kw] * k) for j in range(W - kw + 1)]
            for i in range(H - kh + 1)
        ]
    )


def convolve(x, k, full=False):
    kh, kw = k.shape
    if full:
        x = np.pad(x, [(kh - 1, kh - 1), (kw - 1, kw - 1)])
    return correlate(x, k[::-1])
