"""The places of the output are read column by column.

fails: im2col
says: cols
"""


# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = kernel, stride, padding, dilation
    N, C, H, W = x.shape
    rows = (H + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    columns = (W + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    cols = np.zeros((N, C, kh, kw, rows, columns))
    for u, v in np.ndindex(kh, kw):
        down = slice(dh * u, dh * u + sh * (rows - 1) + 1, sh)
        right = slice(dw * v, dw * v + sw * (columns - 1) + 1, sw)
        cols[:, :, u, v] = x[:, :, down, right]
    return cols.swapaxes(4, 5).reshape(N, C * kh * kw, rows * columns)


def gemm(cols, w, b, size):
    flat = w.reshape(len(w), -1) @ cols + b[:, None]
    return flat.reshape(len(cols), len(w), *size)
