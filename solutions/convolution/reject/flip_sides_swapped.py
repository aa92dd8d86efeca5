"""Height and width of the kernel are swapped in the window.

fails: flip
says: correlate
"""


# %% flip
def correlate(x, k):
    kw, kh = k.shape
    H, W = x.shape
    return np.array(
        [
            [np.sum(x[i : i + kh, j : j + kw] * k.reshape(kh, kw)) for j in range(W - kw + 1)]
            for i in range(H - kh + 1)
        ]
    )


def convolve(x, k, full=False):
    kh, kw = k.shape
    if full:
        x = np.pad(x, [(kh - 1, kh - 1), (kw - 1, kw - 1)])
    return correlate(x, k[::-1, ::-1])
