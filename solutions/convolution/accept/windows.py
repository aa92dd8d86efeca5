"""Windows as views (sliding_window_view) and einsum, with hardly a loop."""


# %% conv2d
def windows_of(x, kernel, stride, padding, dilation):
    (ph, pw), (dh, dw) = padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    reach = tuple(d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True))
    views = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    return views[:, :, :: stride[0], :: stride[1], ::dh, ::dw]


def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    views = windows_of(x, w.shape[2:], stride, padding, dilation)
    parts = [
        np.einsum("ncijuv,ocuv->noij", inputs, kernels)
        for inputs, kernels in zip(
            np.split(views, groups, axis=1), np.split(w, groups), strict=True
        )
    ]
    return np.concatenate(parts, axis=1) + b.reshape(1, -1, 1, 1)


# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    views = windows_of(x, kernel, stride, padding, dilation)
    N, C, rows, columns, kh, kw = views.shape
    return views.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, rows * columns)


def gemm(cols, w, b, size):
    kernels = np.c_[w.reshape(len(w), -1), b]
    ones = np.ones((len(cols), 1, cols.shape[2]))
    result = kernels @ np.concatenate([cols, ones], axis=1)
    return result.reshape(*result.shape[:2], *size)


# %% pooling
def views_of(x, size, stride, writeable=False):
    views = np.lib.stride_tricks.sliding_window_view(x, size, (2, 3), writeable=writeable)
    return views[:, :, :: stride[0], :: stride[1]]


def pool2d(x, size, stride, kind):
    return getattr(views_of(x, size, stride), kind)(axis=(-1, -2))


def pool2d_backward(dy, x, size, stride, kind):
    dx = np.zeros(x.shape)
    views = views_of(dx, size, stride, writeable=True)
    flat = views_of(x, size, stride).reshape(*dy.shape, -1)
    for at, (u, v) in enumerate(np.ndindex(*size)):
        chosen = flat.argmax(-1) == at if kind == "max" else 1 / flat.shape[-1]
        views[:, :, :, :, u, v] += dy * chosen
    return dx


# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    rows, columns = dy.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    back, weights = np.zeros(padded.shape), np.zeros(w.shape)
    for u, v in np.ndindex(*w.shape[2:]):
        place = (
            ...,
            slice(dh * u, dh * u + sh * rows - sh + 1, sh),
            slice(dw * v, dw * v + sw * columns - sw + 1, sw),
        )
        weights[:, :, u, v] = np.einsum("noij,ncij->oc", dy, padded[place])
        back[place] += np.einsum("noij,oc->ncij", dy, w[:, :, u, v])
    height, width = x.shape[2:]
    return back[..., ph:, pw:][..., :height, :width], weights, np.einsum("noij->o", dy)


# %% transposed
def one_by_one(x, w):
    return np.tensordot(x, w, 1)


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    (sh, sw), (ph, pw) = stride, padding
    N, filters, rows, columns = y.shape
    _, C, kh, kw = w.shape
    spread = np.zeros((N, filters, sh * (rows - 1) + 2 * kh - 1, sw * (columns - 1) + 2 * kw - 1))
    spread[:, :, kh - 1 : kh + sh * (rows - 1) : sh, kw - 1 : kw + sw * (columns - 1) : sw] = y
    H, W = sh * (rows - 1) + kh, sw * (columns - 1) + kw
    out = np.zeros((N, C, H, W))
    for u, v in np.ndindex(kh, kw):
        piece = spread[:, :, kh - 1 - u : kh - 1 - u + H, kw - 1 - v : kw - 1 - v + W]
        out += np.einsum("noij,oc->ncij", piece, w[:, :, u, v])
    return out[:, :, ph : H - ph, pw : W - pw]
