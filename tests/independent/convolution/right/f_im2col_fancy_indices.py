"""flat indices into the padded image, a tensordot in gemm, results as torch tensors

task: im2col
"""

# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return the windows of a batch of images as columns, (N, C*kh*kw, H'*W')."""
    x = np.pad(x, ((0, 0), (0, 0)) + tuple((p, p) for p in padding))
    N, C, H, W = x.shape
    u, v = (d * np.arange(k) for d, k in zip(dilation, kernel, strict=True))
    i = np.arange(0, H - u[-1], stride[0])
    j = np.arange(0, W - v[-1], stride[1])
    row = np.add.outer(np.add.outer(np.arange(C), np.zeros(1, int)) * H, u)[:, 0]  # (C, kh)
    place = (row[:, :, None] * W + v).reshape(-1, 1) + (i[:, None] * W + j).reshape(1, -1)
    return torch.tensor(np.take(np.ascontiguousarray(x).reshape(N, -1), place, axis=1))


def gemm(cols, w, b, size):
    """Return the output of the layer, (N, O, H', W'), from the columns of im2col."""
    y = np.tensordot(np.asarray(w).reshape(len(w), -1), np.asarray(cols), axes=([1], [1]))  # (O, N, H'W')
    y = np.moveaxis(y, 0, 1) + np.asarray(b)[:, np.newaxis]
    return torch.tensor(y.reshape(len(cols), len(w), size[0], size[1]))
