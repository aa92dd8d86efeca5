"""Closed forms, floats and tuples; Fourier transforms, matrices and columns in place of windows."""

# %% arithmetic
import math


def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return math.ceil((n + 2 * padding - dilation * (kernel - 1)) / stride)


def receptive_field(layers):
    field = 1
    for kernel, stride, dilation in reversed(layers):
        field = (field - 1) * stride + 1 + dilation * (kernel - 1)
    return np.int64(field)


# %% my-numbers
layer, dilated = numbers["layer"], numbers["dilated"]
narrow, wide = numbers["bottleneck"]["narrow"], numbers["bottleneck"]["wide"]


def along(axis):
    keys = ("image", "kernel", "stride", "padding", "dilation")
    n, k, s, p, d = (layer[key][axis] for key in keys)
    return float(len(range(0, n + 2 * p - d * (k - 1), s)))


plan = numbers["lenet"]
one, two = plan["filters"]
k = plan["kernel"]
side = ((plan["image"] - k + 1) // 2 - k + 1) // 2
units = [two * side * side, *plan["dense"]]
dense = [a * b + b for a, b in zip(units, units[1:], strict=False)]
my_numbers = {
    "height": along(0),
    "width": along(1),
    "parameters": layer["filters"] * (1 + layer["channels"] * math.prod(layer["kernel"])),
    "dilated_field": 1 + (dilated["kernel"] - 1) * (2 ** dilated["layers"] - 1),
    "lenet": one * (k * k + 1) + two * (one * k * k + 1) + sum(dense),
    "bottleneck": narrow * (2 * wide + 9 * narrow),
    "resnet": np.int64(2 + 2 * sum(numbers["resnet"]["blocks"])),
    "pooled": float(numbers["maps"][0]),
}


# %% my-pictures
my_correlation = [
    [
        float(sum(mine["x"][i + u][j + v] * mine["k"][u][v] for u in (0, 1) for v in (0, 1)))
        for j in (0, 1)
    ]
    for i in (0, 1)
]
my_convolution = tuple(
    tuple(
        sum(mine["x"][i + u][j + v] * mine["k"][1 - u][1 - v] for u in (0, 1) for v in (0, 1))
        for j in (0, 1)
    )
    for i in (0, 1)
)


# %% flip
def convolve(x, k, full=False):
    size = tuple(a + b - 1 for a, b in zip(x.shape, k.shape, strict=True))
    result = np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(k, size), size)
    if full:
        return result
    return result[k.shape[0] - 1 : x.shape[0], k.shape[1] - 1 : x.shape[1]]


def correlate(x, k):
    return convolve(x, np.flip(k))


# %% matrix
def correlate1d(x, w, boundary):
    n, m = len(x), len(w)
    if boundary == "circular":
        return np.fft.irfft(np.fft.rfft(w, n).conj() * np.fft.rfft(x), n)
    full = np.convolve(x, w[::-1])
    start = m - 1 if boundary == "valid" else m - 1 - m // 2
    return full[start : start + (n - m + 1 if boundary == "valid" else n)]


def correlation_matrix(w, n, boundary):
    m = len(w)
    total = sum(weight * np.eye(n + m, k=i) for i, weight in enumerate(w))
    if boundary == "valid":
        return total[: n - m + 1, :n]
    if boundary == "same":
        return sum(weight * np.eye(n, k=i - m // 2) for i, weight in enumerate(w))
    return sum(weight * np.roll(np.eye(n), i, axis=1) for i, weight in enumerate(w))


# %% conv-backward-lines
conv_backward_lines = {
    "dl_db": "sum(g0) + (g1 + g2)",
    "dl_dw0": "x2*g2 + x0*g0 + x1*g1",
    "dl_dw1": "(x1*g0 + x2*g1) + x3*g2",
    "dl_dx0": "w0*g0",
    "dl_dx1": "w1*dl_dx0/w0 + w0*g1",
    "dl_dx2": "g2*w0 + g1*w1",
    "dl_dx3": "w1*g2",
}


# %% transposed
def one_by_one(x, w):
    H, W, C = x.shape
    return (x.reshape(H * W, C) @ w).reshape(H, W, -1)


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    filters, C, kh, kw = w.shape
    _, _, rows, columns = y.shape
    H = (rows - 1) * stride[0] + kh - 2 * padding[0]
    W = (columns - 1) * stride[1] + kw - 2 * padding[1]
    M = np.zeros((filters, rows, columns, C, H, W))
    for i, j, u, v in np.ndindex(rows, columns, kh, kw):
        a, b = i * stride[0] + u - padding[0], j * stride[1] + v - padding[1]
        if 0 <= a < H and 0 <= b < W:
            M[:, i, j, :, a, b] += w[:, :, u, v]
    flat = y.reshape(len(y), -1) @ M.reshape(filters * rows * columns, C * H * W)
    return flat.reshape(len(y), C, H, W)


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
