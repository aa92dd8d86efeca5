"""The full convolution has zeros on one side only.

fails: flip
says: convolve(x, k, full=True) has shape
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
        x = np.pad(x, [(kh - 1, 0), (kw - 1, 0)])
    return correlate(x, k[::-1, ::-1])
