"""writes out which pixel each product uses as flat indices and scatters with np.bincount

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return (dx, dw, db), the gradients with respect to image, weights and bias."""
    (N, C, H, W), (O, _, kh, kw) = x.shape, w.shape
    rows, columns = dy.shape[2:]
    i, j, u, v = np.meshgrid(*map(np.arange, (rows, columns, kh, kw)), indexing="ij")
    p = stride[0] * i + dilation[0] * u - padding[0]
    q = stride[1] * j + dilation[1] * v - padding[1]
    inside = (0 <= p) & (p < H) & (0 <= q) & (q < W)
    place = np.where(inside, p * W + q, H * W)  # one more pixel for everything outside
    pixels = np.concatenate([x.reshape(N, C, H * W), np.zeros((N, C, 1))], axis=2)
    dw = np.einsum("noij,ncijuv->ocuv", dy, pixels[:, :, place])
    sent = np.einsum("noij,ocuv->ncijuv", dy, w)
    dx = np.empty_like(x)
    for n in range(N):
        for c in range(C):
            total = np.bincount(place.ravel(), weights=sent[n, c].ravel(), minlength=H * W + 1)
            dx[n, c] = total[:-1].reshape(H, W)
    return dx, dw, np.add.reduce(dy, axis=(0, 2, 3))
