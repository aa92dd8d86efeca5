"""The bias is forgotten.

fails: conv2d
says: the bias is missing
"""


# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    N, _, H, W = x.shape
    filters, C, kh, kw = w.shape
    reach_h, reach_w = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    y = np.zeros((N, filters, (H + 2 * ph - reach_h) // sh + 1, (W + 2 * pw - reach_w) // sw + 1))
    for o, i, j in np.ndindex(y.shape[1:]):
        first = o // (filters // groups) * C
        rows = slice(sh * i, sh * i + reach_h, dh)
        columns = slice(sw * j, sw * j + reach_w, dw)
        window = x[:, first : first + C, rows, columns]
        y[:, o, i, j] = np.sum(window * w[o], axis=(1, 2, 3))
    return y
