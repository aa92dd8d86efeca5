"""gemm gives the caller's w the shape (O, C*kh*kw) in place, though functions leave their arguments as they are; the result is right

task: im2col
"""

# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = kernel, stride, padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    N, C, H, W = x.shape
    rows, columns = (H - dh * (kh - 1) - 1) // sh + 1, (W - dw * (kw - 1) - 1) // sw + 1
    cols = np.empty((N, C, kh, kw, rows, columns))
    for u in range(kh):
        for v in range(kw):
            cols[:, :, u, v] = x[:, :, dh * u :: sh, dw * v :: sw][:, :, :rows, :columns]
    return cols.reshape(N, C * kh * kw, rows * columns)


def gemm(cols, w, b, size):
    """Return the output of the layer, (N, O, H', W'), from the columns of im2col."""
    w.shape = (w.shape[0], w[0].size)
    y = w @ cols + b[:, None]
    return y.reshape(y.shape[0], y.shape[1], *size)
