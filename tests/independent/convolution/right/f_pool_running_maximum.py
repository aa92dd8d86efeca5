"""a running maximum over the entries of the window, with strict > so that the first stays; gradients by np.add.at

task: pooling
"""

# %% pooling
def _shifted(x, size, stride):
    """Yield u, v and the pixels that stand at (u, v) of every window."""
    rows = (x.shape[2] - size[0]) // stride[0] + 1
    columns = (x.shape[3] - size[1]) // stride[1] + 1
    for u in range(size[0]):
        for v in range(size[1]):
            yield u, v, x[:, :, u :: stride[0], v :: stride[1]][:, :, :rows, :columns]


def pool2d(x, size, stride, kind):
    """Return the pooled images, (N, C, H', W')."""
    parts = [part for _, _, part in _shifted(x, size, stride)]
    if kind == "mean":
        return sum(parts) / len(parts)
    best = parts[0].copy()
    for part in parts[1:]:
        np.copyto(best, part, where=part > best)
    return best


def pool2d_backward(dy, x, size, stride, kind):
    """Return the gradient with respect to x, of the shape of x."""
    dx = np.zeros(x.shape)
    n, c, i, j = np.indices(dy.shape)
    if kind == "mean":
        for u, v, _ in _shifted(x, size, stride):
            np.add.at(dx, (n, c, i * stride[0] + u, j * stride[1] + v), dy / (size[0] * size[1]))
        return dx
    best = np.full(dy.shape, -np.inf)
    row, column = np.zeros(dy.shape, int), np.zeros(dy.shape, int)
    for u, v, part in _shifted(x, size, stride):
        new = part > best
        best = np.where(new, part, best)
        row, column = np.where(new, u, row), np.where(new, v, column)
    np.add.at(dx, (n, c, i * stride[0] + row, j * stride[1] + column), dy)
    return dx
