"""A last step that does not fit is made all the same, into zeros.

fails: conv2d
says: has shape
"""


# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    N, _, H, W = x.shape
    filters, C, kh, kw = w.shape
    reach_h, reach_w = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph + sh), (pw, pw + sw)))
    y = np.zeros(
        (N, filters, -((reach_h - H - 2 * ph) // sh) + 1, -((reach_w - W - 2 * pw) // sw) + 1)
    )
    for o, i, j in np.ndindex(y.shape[1:]):
        first = o // (filters // groups) * C
        rows = slice(sh * i, sh * i + reach_h, dh)
        columns = slice(sw * j, sw * j + reach_w, dw)
        window = x[:, first : first + C, rows, columns]
        y[:, o, i, j] = np.sum(window * w[o], axis=(1, 2, 3)) + b[o]
    return y
