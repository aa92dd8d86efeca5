"""the columns one by one from a generator, and the bias as one more row of the matrix product

task: im2col
"""

# %% im2col
def windows(x, kernel, stride, dilation):
    """Yield the windows in reading order, each (N, C*kh*kw)."""
    (H, W), (kh, kw) = x.shape[2:], kernel
    tall, wide = dilation[0] * (kh - 1) + 1, dilation[1] * (kw - 1) + 1
    for top in range(0, H - tall + 1, stride[0]):
        for left in range(0, W - wide + 1, stride[1]):
            yield x[:, :, top : top + tall : dilation[0], left : left + wide : dilation[1]].reshape(len(x), -1)


def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return the windows of a batch of images as columns, (N, C*kh*kw, H'*W')."""
    (a, b) = padding
    return np.stack(list(windows(np.pad(x, ((0, 0), (0, 0), (a, a), (b, b))), kernel, stride, dilation)), axis=-1)


def gemm(cols, w, b, size):
    """Return the output of the layer, (N, O, H', W'), from the columns of im2col."""
    cols = np.asarray(cols)
    ones = np.ones((cols.shape[0], 1, cols.shape[2]))
    matrix = np.hstack([w.reshape(w.shape[0], -1), np.asarray(b).reshape(-1, 1)])
    return np.array([matrix @ c for c in np.concatenate([cols, ones], axis=1)]).reshape(-1, len(w), *size)
