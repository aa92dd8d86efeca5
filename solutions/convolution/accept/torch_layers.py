"""torch's own layers and its autograd: discouraged, but right. Tensors are returned."""


# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    layer = torch.nn.Conv1d(1, 1, kernel, stride, padding, dilation)
    return layer(torch.zeros(1, 1, n)).shape[-1]


def receptive_field(layers):
    if not layers:
        return 1
    *before, (kernel, _, dilation) = layers
    return receptive_field(before) + (kernel - 1) * dilation * int(
        np.prod([stride for _, stride, _ in before])
    )


# %% flip
def correlate(x, k):
    x, k = (torch.as_tensor(np.array(a, dtype=float))[None, None] for a in (x, k))
    return torch.nn.functional.conv2d(x, k)[0, 0]


def convolve(x, k, full=False):
    padding = (len(k) - 1, len(k[0]) - 1) if full else 0
    x, k = (torch.as_tensor(np.array(a, dtype=float))[None, None] for a in (x, k))
    return torch.nn.functional.conv2d(x, k.flip(2, 3), padding=padding)[0, 0]


# %% matrix
def correlate1d(x, w, boundary):
    return correlation_matrix(w, len(x), boundary) @ torch.tensor(x)


def correlation_matrix(w, n, boundary):
    m = len(w)
    row = torch.cat([torch.tensor(w), torch.zeros(2 * n - m, dtype=torch.float64)])
    if boundary == "valid":
        return torch.stack([row.roll(k)[:n] for k in range(n - m + 1)])
    if boundary == "same":
        return torch.stack([row.roll(k - m // 2)[:n] for k in range(n)])
    return torch.stack([row[:n].roll(k) for k in range(n)])


# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    arrays = (torch.tensor(a) for a in (x, w, b))
    return torch.nn.functional.conv2d(*arrays, stride, padding, dilation, groups)


# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    fold = torch.nn.Unfold(kernel, dilation=dilation, padding=padding, stride=stride)
    return fold(torch.tensor(x))


def gemm(cols, w, b, size):
    cols, w, b = (torch.tensor(a) for a in (cols, w, b))
    flat = torch.einsum("nkp,ok->nop", cols, w.flatten(1)) + b[None, :, None]
    return flat.unflatten(2, tuple(size))


# %% pooling
def pool2d(x, size, stride, kind):
    pool = torch.nn.MaxPool2d if kind == "max" else torch.nn.AvgPool2d
    return pool(size, stride)(torch.as_tensor(x))


def pool2d_backward(dy, x, size, stride, kind):
    pixels = torch.tensor(x, requires_grad=True)
    pool2d(pixels, size, stride, kind).backward(torch.tensor(dy))
    return pixels.grad


# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    leaves = [torch.tensor(a, requires_grad=True) for a in (x, w)]
    y = torch.nn.functional.conv2d(*leaves, None, stride, padding, dilation)
    y.backward(torch.tensor(dy))
    return leaves[0].grad, leaves[1].grad, torch.tensor(dy).sum((0, 2, 3))


# %% transposed
def one_by_one(x, w):
    return torch.einsum("hwc,co->hwo", torch.tensor(x), torch.tensor(w))


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    layer = torch.nn.functional.conv_transpose2d
    return layer(torch.tensor(y), torch.tensor(w), stride=stride, padding=padding)


# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    still = torch.tensor(f(x))
    after = torch.tensor(f(torch.tensor(x).roll(tuple(shift), (-2, -1)).numpy()))
    steps = tuple(int(a / b) for a, b in zip(shift, stride, strict=True))
    gaps = [(after - other).abs().amax() for other in (still.roll(steps, (-2, -1)), still)]
    return tuple(gap / still.abs().amax() for gap in gaps)


# %% cnn
def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    own = {name: torch.tensor(value).requires_grad_() for name, value in params.items()}
    maps = torch.nn.functional.conv2d(torch.tensor(X), own["w"], own["b"]).relu()
    scores = torch.nn.functional.max_pool2d(maps, 2).flatten(1) @ own["V"] + own["c"]
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor(y))
    loss.backward()
    return loss.detach(), {name: value.grad for name, value in own.items()}
