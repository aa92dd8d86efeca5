"""for strides other than 1 all windows are added at once with fancy indices and +=, which counts repeated pixels once: dx is wrong for a kernel of 3 with stride 2

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return (dx, dw, db), the gradients with respect to image, weights and bias."""
    (sh, sw), (ph, pw), (dh, dw_) = stride, padding, dilation
    (N, C, H, W), (O, _, kh, kw), (rows, columns) = x.shape, w.shape, dy.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))

    down = sh * np.arange(rows)[:, None, None, None] + dh * np.arange(kh)[:, None]
    right = sw * np.arange(columns)[:, None, None] + dw_ * np.arange(kw)
    weights = np.einsum("noij,ncijuv->ocuv", dy, padded[:, :, down, right])
    sent = np.einsum("noij,ocuv->ncijuv", dy, w)
    back = np.zeros(padded.shape)
    if (sh, sw) == (1, 1):
        for u in range(kh):
            for v in range(kw):
                back[:, :, dh * u : dh * u + rows, dw_ * v : dw_ * v + columns] += sent[..., u, v]
    else:
        back[:, :, down, right] += sent
    return back[:, :, ph : ph + H, pw : pw + W], weights, dy.sum(axis=(0, 2, 3))
