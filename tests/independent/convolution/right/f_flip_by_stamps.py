"""everything from the full convolution, made of stamps; lists of lists are returned

task: flip
"""

# %% flip
def correlate(x, k):
    """Return the valid cross-correlation of an image with a kernel, a matrix."""
    return convolve(x, np.flip(k))


def convolve(x, k, full=False):
    """Return the true convolution of an image with a kernel, a matrix."""
    H, W = x.shape
    kh, kw = k.shape
    canvas = np.zeros((H + kh - 1, W + kw - 1))
    for p, q in np.ndindex(H, W):
        canvas[p : p + kh, q : q + kw] += x[p, q] * k
    return (canvas if full else canvas[kh - 1 : H, kw - 1 : W]).tolist()

# %% my-pictures
x_, k_ = np.array(mine["x"], dtype=float), np.array(mine["k"], dtype=float)
my_correlation = [[float((x_[i : i + 2, j : j + 2] * k_).sum()) for j in (0, 1)] for i in (0, 1)]
my_convolution = tuple(
    tuple(sum(k_[1 - u, 1 - v] * x_[i + u, j + v] for u in (0, 1) for v in (0, 1)) for j in (0, 1)) for i in (0, 1)
)
