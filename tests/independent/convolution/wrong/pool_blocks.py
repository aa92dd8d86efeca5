"""windows that do not overlap in height are cut by a reshape, whatever the width does

task: pooling
"""

# %% pooling
def pool2d(x, size, stride, kind):
    (kh, kw), (sh, sw) = size, stride
    N, C, H, W = x.shape
    f = np.max if kind == "max" else np.mean
    if kh == sh and kw <= sw:
        x = x[:, :, : H // kh * kh, : W // kw * kw]
        return f(x.reshape(N, C, H // kh, kh, -1, kw), axis=(3, 5))
    h, w = (H - kh) // sh + 1, (W - kw) // sw + 1
    return np.stack([np.stack([f(x[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw], axis=(2, 3)) for j in range(w)], -1) for i in range(h)], 2)


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
