"""The output has the size that it would have without dilation.

fails: conv2d
says: conv2d
"""


# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    N, _, H, W = x.shape
    filters, C, kh, kw = w.shape
    reach_h, reach_w = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph + 99), (pw, pw + 99)))
    y = np.zeros((N, filters, (H + 2 * ph - kh) // sh + 1, (W + 2 * pw - kw) // sw + 1))
    for o, i, j in np.ndindex(y.shape[1:]):
        first = o // (filters // groups) * C
        rows = slice(sh * i, sh * i + reach_h, dh)
        columns = slice(sw * j, sw * j + reach_w, dw)
        window = x[:, first : first + C, rows, columns]
        y[:, o, i, j] = np.sum(window * w[o], axis=(1, 2, 3)) + b[o]
    return y
