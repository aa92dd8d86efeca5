"""one_by_one writes into an array like x and returns its first O channels: an error where there are more outputs than inputs, O > C

task: transposed
"""

# %% transposed
def one_by_one(x, w):
    """Return the 1×1 convolution of an image, channels last, (H, W, O)."""
    y = np.zeros_like(x)
    for o in range(w.shape[1]):
        y[..., o] = (x * w[:, o]).sum(axis=-1)
    return y[..., : w.shape[1]]



def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    (N, O, rows, columns), (_, C, kh, kw), (sh, sw), (ph, pw) = y.shape, w.shape, stride, padding
    canvas = np.zeros((N, C, sh * (rows - 1) + kh, sw * (columns - 1) + kw))
    for i in range(rows):
        for j in range(columns):
            canvas[:, :, sh * i : sh * i + kh, sw * j : sw * j + kw] += np.tensordot(y[:, :, i, j], w, 1)
    return canvas[:, :, ph : canvas.shape[2] - ph, pw : canvas.shape[3] - pw]
