"""forwards one axis after the other; backwards in plain Python with a key (value, earlier place)

task: pooling
"""

# %% pooling
def pool2d(x, size, stride, kind):
    """Return the pooled images, (N, C, H', W')."""
    reduce = np.maximum.reduce if kind == "max" else (lambda parts: np.add.reduce(parts) / len(parts))
    for axis, k, s in ((2, size[0], stride[0]), (3, size[1], stride[1])):
        x = np.moveaxis(x, axis, 0)
        x = np.array([reduce(x[i : i + k]) for i in range(0, len(x) - k + 1, s)])
        x = np.moveaxis(x, 0, axis)
    return x


def pool2d_backward(dy, x, size, stride, kind):
    """Return the gradient with respect to x, of the shape of x."""
    dx = np.zeros(x.shape).tolist()
    for n, c, i, j in np.ndindex(*np.shape(dy)):
        cells = [(stride[0] * i + u, stride[1] * j + v) for u in range(size[0]) for v in range(size[1])]
        if kind == "max":
            cells = [max(cells, key=lambda cell: (x[(n, c, *cell)], -cell[0], -cell[1]))]
        for row, column in cells:
            dx[n][c][row][column] += float(dy[n, c, i, j]) / len(cells)
    return dx
