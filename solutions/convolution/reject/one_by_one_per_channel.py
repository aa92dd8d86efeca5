"""The channels are not mixed: the sum over them is divided by their number.

fails: transposed
says: output
"""


# %% transposed
def one_by_one(x, w):
    return x @ w / len(w)


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    (sh, sw), (ph, pw) = stride, padding
    N, _, rows, columns = y.shape
    _, C, kh, kw = w.shape
    H, W = sh * (rows - 1) + kh, sw * (columns - 1) + kw
    canvas = np.zeros((N, C, H, W))
    for i, j in np.ndindex(rows, columns):
        stamp = np.tensordot(y[:, :, i, j], w, axes=1)
        canvas[:, :, sh * i : sh * i + kh, sw * j : sw * j + kw] += stamp
    return canvas[:, :, ph : H - ph, pw : W - pw]
