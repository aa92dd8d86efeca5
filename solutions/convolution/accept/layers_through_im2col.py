"""Convolution, its gradients and pooling through columns; helpers beside the answers."""


# %% conv2d
def unfolded(x, kernel, stride, padding, dilation):
    """The windows of x, (N, C, kh, kw, H', W')."""
    (ph, pw), N, C = padding, *x.shape[:2]
    padded = np.zeros((N, C, x.shape[2] + 2 * ph, x.shape[3] + 2 * pw))
    padded[:, :, ph : ph + x.shape[2], pw : pw + x.shape[3]] = x
    rows, columns = (
        np.arange(0, n - d * (k - 1), s)
        for n, k, s, d in zip(padded.shape[2:], kernel, stride, dilation, strict=True)
    )
    down = rows[None, :] + dilation[0] * np.arange(kernel[0])[:, None]
    right = columns[None, :] + dilation[1] * np.arange(kernel[1])[:, None]
    return padded[:, :, down[:, None, :, None], right[None, :, None, :]]


def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    views = unfolded(x, w.shape[2:], stride, padding, dilation)
    N, _, kh, kw, rows, columns = views.shape
    cols = views.reshape(N, groups, -1, rows * columns)
    kernels = w.reshape(groups, len(w) // groups, -1)
    y = np.einsum("gok,ngkp->ngop", kernels, cols).reshape(N, len(w), rows, columns)
    return np.asfortranarray(y + b[:, None, None])


# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    padded = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
    C = x.shape[1]
    starts = [
        np.arange(0, n - d * (k - 1), s)
        for n, k, s, d in zip(padded.shape[2:], kernel, stride, dilation, strict=True)
    ]
    columns = []
    for i in starts[0]:
        for j in starts[1]:
            window = padded[
                :,
                :,
                i : i + dilation[0] * (kernel[0] - 1) + 1 : dilation[0],
                j : j + dilation[1] * (kernel[1] - 1) + 1 : dilation[1],
            ]
            columns.append(window.reshape(len(x), C * kernel[0] * kernel[1]))
    return np.stack(columns, axis=2)


def gemm(cols, w, b, size):
    y = np.tensordot(w.reshape(w.shape[0], -1), cols, axes=(1, 1)).swapaxes(0, 1)
    y = y.reshape(y.shape[:2] + tuple(size))
    y += np.reshape(b, (1, -1, 1, 1))
    return y


# %% pooling
def tiles(x, size, stride):
    """Every window as the last axis, in reading order."""
    rows = range(0, x.shape[2] - size[0] + 1, stride[0])
    columns = range(0, x.shape[3] - size[1] + 1, stride[1])
    return np.stack(
        [
            np.stack(
                [
                    x[:, :, i : i + size[0], j : j + size[1]].reshape(*x.shape[:2], -1)
                    for j in columns
                ],
                axis=2,
            )
            for i in rows
        ],
        axis=2,
    )


def pool2d(x, size, stride, kind):
    return {"max": np.amax, "mean": np.average}[kind](tiles(x, size, stride), axis=-1)


def pool2d_backward(dy, x, size, stride, kind):
    numbers_of = np.arange(x.size).reshape(x.shape)
    at = tiles(numbers_of, size, stride)
    dx = np.zeros(x.size)
    if kind == "mean":
        np.add.at(dx, at, dy[..., None] / at.shape[-1])
    else:
        winner = tiles(x, size, stride).argmax(-1)[..., None]
        np.add.at(dx, np.take_along_axis(at, winner, -1)[..., 0], dy)
    return dx.reshape(x.shape)


# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    (ph, pw), (N, C, H, W) = padding, x.shape
    places = np.arange(C * (H + 2 * ph) * (W + 2 * pw)).reshape(1, C, H + 2 * ph, W + 2 * pw)
    tall, wide = (d * (k - 1) + 1 for d, k in zip(dilation, w.shape[2:], strict=True))
    at = np.stack(
        [
            places[0, :, i : i + tall : dilation[0], j : j + wide : dilation[1]].ravel()
            for i in range(0, H + 2 * ph - tall + 1, stride[0])
            for j in range(0, W + 2 * pw - wide + 1, stride[1])
        ],
        axis=1,
    )
    flat = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))).reshape(N, -1)
    g = dy.reshape(N, len(w), -1)
    weights = sum(g[n] @ flat[n][at].T for n in range(N))
    back = np.zeros(flat.shape)
    for n in range(N):
        np.add.at(back[n], at, w.reshape(len(w), -1).T @ g[n])
    back = back.reshape(N, C, H + 2 * ph, W + 2 * pw)[:, :, ph : ph + H, pw : pw + W]
    return back, weights.reshape(w.shape), g.sum(axis=(0, 2))


# %% cnn
def softmax(Z):
    """The probabilities of each row."""
    e = np.exp(Z - Z.max(axis=1)[:, None])
    return e / e.sum(axis=1)[:, None]


def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    size = stride = (2, 2)
    A = conv2d(X, params["w"], params["b"])
    P = np.clip(pool2d(A, size, stride, "max"), 0, None)
    F = P.reshape(P.shape[0], -1)
    Z = F @ params["V"] + params["c"]
    losses = np.logaddexp.reduce(Z, axis=1) - Z[np.arange(len(y)), y]
    delta = softmax(Z)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    dP = np.where(P > 0, (delta @ params["V"].T).reshape(P.shape), 0)
    _, dw, db = conv2d_backward(pool2d_backward(dP, A, size, stride, "max"), X, params["w"])
    return losses.mean(), {"c": delta.sum(0), "V": F.T @ delta, "b": db, "w": dw}
