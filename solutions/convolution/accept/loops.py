"""Nothing but loops over single numbers, and nested lists as answers."""


# %% flip
def correlate(x, k):
    rows, columns = len(x) - len(k) + 1, len(x[0]) - len(k[0]) + 1
    result = [[0.0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            for u in range(len(k)):
                for v in range(len(k[0])):
                    result[i][j] += float(x[i][j + v] if u == 0 else x[i + u][j + v]) * k[u][v]
    return result


def convolve(x, k, full=False):
    (H, W), (kh, kw) = np.shape(x), np.shape(k)
    everything = [[0.0] * (W + kw - 1) for _ in range(H + kh - 1)]
    for i in range(H):
        for j in range(W):
            for u in range(kh):
                for v in range(kw):
                    everything[i + u][j + v] += x[i][j] * k[u][v]
    if full:
        return everything
    return [row[kw - 1 : W] for row in everything[kh - 1 : H]]


# %% matrix
def correlate1d(x, w, boundary):
    n, m = len(x), len(w)
    result = []
    for k in range(n - m + 1 if boundary == "valid" else n):
        total = 0.0
        for i in range(m):
            at = k + i - (m // 2 if boundary == "same" else 0)
            if boundary == "circular":
                at %= n
            if 0 <= at < n:
                total += w[i] * x[at]
        result.append(total)
    return result


def correlation_matrix(w, n, boundary):
    columns = [correlate1d([float(i == j) for i in range(n)], w, boundary) for j in range(n)]
    return [list(row) for row in zip(*columns, strict=True)]


# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    N, _, H, W = x.shape
    filters, C, kh, kw = w.shape
    rows = (H + 2 * padding[0] - dilation[0] * (kh - 1) - 1) // stride[0] + 1
    columns = (W + 2 * padding[1] - dilation[1] * (kw - 1) - 1) // stride[1] + 1
    y = np.empty((N, filters, rows, columns))
    for n, o, i, j in np.ndindex(N, filters, rows, columns):
        total = b[o]
        for c, u, v in np.ndindex(C, kh, kw):
            row = i * stride[0] + u * dilation[0] - padding[0]
            column = j * stride[1] + v * dilation[1] - padding[1]
            if 0 <= row < H and 0 <= column < W:
                total += w[o, c, u, v] * x[n, o * groups // filters * C + c, row, column]
        y[n, o, i, j] = total
    return y.tolist()


# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    N, C, H, W = x.shape
    rows, columns = (
        len(range(0, n + 2 * p - d * (k - 1), s))
        for n, k, s, p, d in zip((H, W), kernel, stride, padding, dilation, strict=True)
    )
    cols = []
    for image in x:
        lines = []
        for c, u, v in np.ndindex(C, *kernel):
            line = []
            for i, j in np.ndindex(rows, columns):
                row = i * stride[0] + u * dilation[0] - padding[0]
                column = j * stride[1] + v * dilation[1] - padding[1]
                inside = 0 <= row < H and 0 <= column < W
                line.append(float(image[c, row, column]) if inside else 0.0)
            lines.append(line)
        cols.append(lines)
    return cols


def gemm(cols, w, b, size):
    result = []
    for image in cols:
        maps = []
        for kernel, bias in zip(w, b, strict=True):
            line = [bias] * image.shape[1]
            for weight, row in zip(kernel.ravel(), image, strict=True):
                line = [total + weight * value for total, value in zip(line, row, strict=True)]
            maps.append([line[i * size[1] : (i + 1) * size[1]] for i in range(size[0])])
        result.append(maps)
    return result


# %% pooling
def pool2d(x, size, stride, kind):
    def window(image, i, j):
        return [
            image[i * stride[0] + u][j * stride[1] + v]
            for u in range(size[0])
            for v in range(size[1])
        ]

    rows = (x.shape[2] - size[0]) // stride[0] + 1
    columns = (x.shape[3] - size[1]) // stride[1] + 1
    pick = max if kind == "max" else lambda values: sum(values) / len(values)
    return [
        [
            [[pick(window(image, i, j)) for j in range(columns)] for i in range(rows)]
            for image in sample
        ]
        for sample in x
    ]


def pool2d_backward(dy, x, size, stride, kind):
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(*dy.shape):
        pixels = [
            (n, c, i * stride[0] + u, j * stride[1] + v)
            for u in range(size[0])
            for v in range(size[1])
        ]
        if kind == "max":
            dx[max(pixels, key=lambda pixel: x[pixel])] += dy[n, c, i, j]
        else:
            for pixel in pixels:
                dx[pixel] += dy[n, c, i, j] / len(pixels)
    return dx.tolist()


# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(len(w))
    _, C, kh, kw = w.shape
    for n, o, i, j in np.ndindex(*dy.shape):
        g = dy[n, o, i, j]
        db[o] += g
        for c, u, v in np.ndindex(C, kh, kw):
            row = i * stride[0] + u * dilation[0] - padding[0]
            column = j * stride[1] + v * dilation[1] - padding[1]
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                dx[n, c, row, column] += g * w[o, c, u, v]
                dw[o, c, u, v] += g * x[n, c, row, column]
    return [dx, dw, db]


# %% transposed
def one_by_one(x, w):
    return [
        [[sum(p * w[c][o] for c, p in enumerate(pixel)) for o in range(len(w[0]))] for pixel in row]
        for row in x
    ]


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    N, filters, rows, columns = y.shape
    _, C, kh, kw = w.shape
    H = (rows - 1) * stride[0] + kh - 2 * padding[0]
    W = (columns - 1) * stride[1] + kw - 2 * padding[1]
    out = np.zeros((N, C, H, W))
    for n, o, i, j, c, u, v in np.ndindex(N, filters, rows, columns, C, kh, kw):
        row, column = i * stride[0] + u - padding[0], j * stride[1] + v - padding[1]
        if 0 <= row < H and 0 <= column < W:
            out[n, c, row, column] += y[n, o, i, j] * w[o, c, u, v]
    return out


# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    def moved(a, down, right):
        result = np.empty_like(a)
        height, width = a.shape[2:]
        for i in range(height):
            for j in range(width):
                result[:, :, (i + down) % height, (j + right) % width] = a[:, :, i, j]
        return result

    still = np.array(f(x))
    after = np.array(f(moved(x, *shift)))
    along = moved(still, shift[0] // stride[0], shift[1] // stride[1])
    largest = max(abs(still.min()), abs(still.max()))
    return [abs(after - along).max() / largest, abs(after - still).max() / largest]


# %% cnn
def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    A = conv2d(X, params["w"], params["b"])
    R = np.where(A > 0, A, 0.0)
    P = pool2d(R, (2, 2), (2, 2), "max")
    V, c = params["V"], params["c"]
    dV, dc, dP, loss = np.zeros(V.shape), np.zeros(c.shape), np.zeros(P.shape), 0.0
    for n, right in enumerate(y):
        features = P[n].ravel()
        logits = [features @ V[:, k] + c[k] for k in range(len(c))]
        top = max(logits)
        total = sum(np.exp(z - top) for z in logits)
        loss += (top + np.log(total) - logits[right]) / len(y)
        for k, z in enumerate(logits):
            delta = (np.exp(z - top) / total - (k == right)) / len(y)
            dV[:, k] += delta * features
            dc[k] += delta
            dP[n] += delta * V[:, k].reshape(P[n].shape)
    dA = np.array(pool2d_backward(dP, R, (2, 2), (2, 2), "max"))
    dA[A <= 0] = 0
    _, dw, db = conv2d_backward(dA, X, params["w"])
    return float(loss), {"V": dV.tolist(), "c": list(dc), "w": dw, "b": db}
