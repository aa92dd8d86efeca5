"""Height is used for width: only square images and kernels work.

fails: conv2d
says: conv2d
"""


# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    N, _, H, _ = x.shape
    W = H
    filters, C, kh, _ = w.shape
    kw = kh
    reach_h, reach_w = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    y = np.zeros((N, filters, (H + 2 * ph - reach_h) // sh + 1, (W + 2 * pw - reach_w) // sw + 1))
    for o, i, j in np.ndindex(y.shape[1:]):
        first = o // (filters // groups) * C
        rows = slice(sh * i, sh * i + reach_h, dh)
        columns = slice(sw * j, sw * j + reach_w, dw)
        window = x[:, first : first + C, rows, columns]
        y[:, o, i, j] = (
            np.sum(window[:, :, :, : w.shape[3]] * w[o][:, :, : window.shape[3]], axis=(1, 2, 3))
            + b[o]
        )
    return y
