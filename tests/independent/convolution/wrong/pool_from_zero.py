"""the maximum begins at zero

task: pooling
"""

# %% pooling
def pool2d(x, size, stride, kind):
    h, w = (x.shape[2] - size[0]) // stride[0] + 1, (x.shape[3] - size[1]) // stride[1] + 1
    y = np.zeros((*x.shape[:2], h, w))
    for u in range(size[0]):
        for v in range(size[1]):
            part = x[:, :, u::stride[0], v::stride[1]][:, :, :h, :w]
            y = np.maximum(y, part) if kind == "max" else y + part / (size[0] * size[1])
    return y


def pool2d_backward(dy, x, size, stride, kind):
    dx = np.zeros(x.shape)
    N, C, h, w = dy.shape
    for n in range(N):
        for c in range(C):
            for i in range(h):
                for j in range(w):
                    top, left = i * stride[0], j * stride[1]
                    box = x[n, c, top : top + size[0], left : left + size[1]]
                    if kind == "max":
                        u, v = divmod(int(np.argmax(box)), size[1])
                        dx[n, c, top + u, left + v] += dy[n, c, i, j]
                    else:
                        dx[n, c, top : top + size[0], left : left + size[1]] += dy[n, c, i, j] / box.size
    return dx
