"""gemm reshapes to (W', H'): right for square outputs only, the wrong shape for size=(4, 5)

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
    width, height = size
    y = np.einsum("ok,nkp->nop", w.reshape(len(w), -1), cols)
    y += b[None, :, None]
    return y.reshape(len(cols), len(w), height, width)
