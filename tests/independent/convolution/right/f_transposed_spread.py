"""zeros between the pixels, a full correlation with the flipped kernel, and only then the padding cut off; pixel by pixel 1x1

task: transposed
"""

# %% transposed
def one_by_one(x, w):
    """Return the 1×1 convolution of an image, channels last, (H, W, O)."""
    return [[[float(sum(a * b for a, b in zip(pixel, column))) for column in w.T] for pixel in row] for row in x]


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    """Return the transposed convolution, (N, C, H, W), the adjoint of a layer without bias."""
    N, O, rows, columns = y.shape
    kh, kw = w.shape[2:]
    tall, wide = (rows - 1) * stride[0] + 1, (columns - 1) * stride[1] + 1
    spread = np.zeros((N, O, tall + 2 * (kh - 1), wide + 2 * (kw - 1)))
    spread[:, :, kh - 1 : kh - 1 + tall : stride[0], kw - 1 : kw - 1 + wide : stride[1]] = y
    full = np.zeros((N, w.shape[1], tall + kh - 1, wide + kw - 1))
    for u in range(kh):
        for v in range(kw):
            window = spread[:, :, u : u + full.shape[2], v : v + full.shape[3]]
            full += np.einsum("nohw,oc->nchw", window, w[:, :, kh - 1 - u, kw - 1 - v])
    return full[:, :, padding[0] :, padding[1] :][:, :, : full.shape[2] - 2 * padding[0], : full.shape[3] - 2 * padding[1]]
