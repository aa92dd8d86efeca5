"""the canvas is made for stamps that overlap by |k - s|, so that it is too large where the stride is larger than the kernel: kernel 2, stride 3

task: transposed
"""

# %% transposed
def one_by_one(x, w):
    """Return the 1×1 convolution of an image, channels last, (H, W, O)."""
    return np.einsum("ijc,co->ijo", x, w)


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    """Return the transposed convolution, (N, C, H, W), the adjoint of a layer without bias."""
    (N, O, rows, columns), (_, C, kh, kw) = y.shape, w.shape
    (sh, sw), (ph, pw) = stride, padding
    overlap = (abs(kh - sh), abs(kw - sw))
    canvas = np.zeros((N, C, sh * rows + overlap[0], sw * columns + overlap[1]))
    stamps = np.einsum("noij,ocuv->ijncuv", y, w)
    for i in range(rows):
        for j in range(columns):
            canvas[:, :, sh * i : sh * i + kh, sw * j : sw * j + kw] += stamps[i, j]
    return canvas[:, :, ph : canvas.shape[2] - ph, pw : canvas.shape[3] - pw]
