"""sorts the window and takes the last: another one among ties

task: pooling
"""

# %% pooling
def pool2d(x, size, stride, kind):
    windows = np.lib.stride_tricks.sliding_window_view(x, size, axis=(2, 3))
    windows = windows[:, :, :: stride[0], :: stride[1]]
    return windows.max(axis=(4, 5)) if kind == "max" else windows.mean(axis=(4, 5))


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
                        u, v = divmod(int(np.argsort(box, axis=None, kind="stable")[-1]), size[1])
                        dx[n, c, top + u, left + v] += dy[n, c, i, j]
                    else:
                        dx[n, c, top : top + size[0], left : left + size[1]] += dy[n, c, i, j] / box.size
    return dx
