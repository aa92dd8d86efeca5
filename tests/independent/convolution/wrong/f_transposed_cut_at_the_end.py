"""both paddings are cut off at the bottom and the right, so that the shape is right and the picture is moved by the padding: not the adjoint for padding=(1, 1)

task: transposed
"""

# %% transposed
def one_by_one(x, w):
    """Return the 1×1 convolution of an image, channels last, (H, W, O)."""
    return np.einsum("ijc,co->ijo", x, w)


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    """Return the transposed convolution, (N, C, H, W), the adjoint of a layer without bias."""
    (N, O, rows, columns), (kh, kw) = y.shape, w.shape[2:]
    H = (rows - 1) * stride[0] + kh - 2 * padding[0]
    W = (columns - 1) * stride[1] + kw - 2 * padding[1]
    canvas = np.zeros((N, w.shape[1], H + 2 * padding[0], W + 2 * padding[1]))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride[0], j * stride[1]
            canvas[:, :, top : top + kh, left : left + kw] += np.einsum("no,ocuv->ncuv", y[:, :, i, j], w)
    return canvas[:, :, :H, :W]
