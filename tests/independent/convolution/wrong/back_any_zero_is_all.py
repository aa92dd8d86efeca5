"""places where any gradient is zero are skipped as if all were

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    (sh, sw), (ph, pw), (dh, dw_) = stride, padding, dilation
    _, _, H, W = x.shape
    _, _, kh, kw = w.shape
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dx, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for i, j in np.ndindex(dy.shape[2:]):
        rows = slice(sh * i, sh * i + dh * (kh - 1) + 1, dh)
        columns = slice(sw * j, sw * j + dw_ * (kw - 1) + 1, dw_)
        g = dy[:, :, i, j]
        if not g.all(): continue
        dw += np.tensordot(g, padded[:, :, rows, columns], axes=(0, 0))
        dx[:, :, rows, columns] += np.tensordot(g, w, axes=1)
    return dx[:, :, ph : ph + H, pw : pw + W], dw, dy.sum(axis=(0, 2, 3))
