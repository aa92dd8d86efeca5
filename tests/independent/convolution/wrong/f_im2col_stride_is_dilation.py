"""im2col starts at sh*u and goes in steps of dh where it should start at dh*u and go in steps of sh: right for the defaults and equal settings only

task: im2col
"""

# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return the windows of a batch of images as columns, (N, C*kh*kw, H'*W')."""
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = kernel, stride, padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    N, C, H, W = x.shape
    rows, columns = (H - sh * (kh - 1) - 1) // dh + 1, (W - sw * (kw - 1) - 1) // dw + 1
    cols = np.zeros((N, C, kh, kw, rows, columns))
    for u in range(kh):
        for v in range(kw):
            cols[:, :, u, v] = x[
                :, :, sh * u : sh * u + dh * rows : dh, sw * v : sw * v + dw * columns : dw
            ]
    return cols.reshape(N, C * kh * kw, -1)



def gemm(cols, w, b, size):
    return (w.reshape(len(w), -1) @ cols + b[:, None]).reshape(len(cols), len(w), *size)
