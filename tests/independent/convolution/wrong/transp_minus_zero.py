"""canvas[ph:-ph]: empty if only one of the paddings is zero

task: transposed
"""

# %% transposed
def one_by_one(x, w):
    """Return the 1×1 convolution of an image, channels last, (H, W, O); x: (H, W, C), w: (C, O)."""
    return x @ w


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    (sh, sw), (ph, pw) = stride, padding
    N, _, rows, columns = y.shape
    _, C, kh, kw = w.shape
    canvas = np.zeros((N, C, sh * (rows - 1) + kh, sw * (columns - 1) + kw))
    for i, j in np.ndindex(rows, columns):
        canvas[:, :, sh * i : sh * i + kh, sw * j : sw * j + kw] += np.tensordot(y[:, :, i, j], w, axes=1)
    return canvas if padding == (0, 0) else canvas[:, :, ph:-ph, pw:-pw]
