"""padding is applied to the output: full windows first, then every stride-th, counted from the first unpadded place, so that with padding and stride together the grid begins at the wrong pixel (padding 1, stride 2)

task: conv2d
"""

# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return what a convolutional layer makes of a batch of images."""
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    N, C, H, W = x.shape
    O, part, kh, kw = w.shape
    rows = (H + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    columns = (W + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    y = np.zeros((N, O, rows, columns)) + np.asarray(b)[:, None, None]
    for i in range(rows):
        for j in range(columns):
            for u in range(kh):
                for v in range(kw):
                    p, q = sh * (i - ph) + dh * u, sw * (j - pw) + dw * v
                    if 0 <= p < H and 0 <= q < W:
                        for g in range(groups):
                            outs = slice(g * O // groups, (g + 1) * O // groups)
                            pixel = x[:, g * part : (g + 1) * part, p, q]
                            y[:, outs, i, j] += pixel @ w[outs, :, u, v].T
    return y
