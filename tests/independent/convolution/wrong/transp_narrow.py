"""pads by kernel - 1 - padding, and by nothing where that is negative

task: transposed
"""

# %% transposed
def one_by_one(x, w):
    return np.einsum("ijc,co->ijo", x, w)


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    N, O, h, v = y.shape
    kh, kw = w.shape[2:]
    (sh, sw), (ph, pw) = stride, padding
    spread = np.zeros((N, O, (h - 1) * sh + 1, (v - 1) * sw + 1))
    spread[:, :, ::sh, ::sw] = y
    a, b = max(kh - 1 - ph, 0), max(kw - 1 - pw, 0)
    spread = np.pad(spread, ((0, 0), (0, 0), (a, a), (b, b)))
    win = np.lib.stride_tricks.sliding_window_view(spread, (kh, kw), axis=(2, 3))
    return np.einsum("noijuv,ocuv->ncij", win, w[:, :, ::-1, ::-1])
