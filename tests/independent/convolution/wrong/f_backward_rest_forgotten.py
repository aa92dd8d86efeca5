"""the gradient of the image ends with the last window, so that dx is smaller than x if the stride leaves a rest: H = 6, kernel 3, stride 2

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return (dx, dw, db), the gradients with respect to image, weights and bias."""
    (sh, sw), (ph, pw), (dh, dw_) = stride, padding, dilation
    (N, C, H, W), (O, _, kh, kw), (rows, columns) = x.shape, w.shape, dy.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))

    height, width = sh * (rows - 1) + dh * (kh - 1) + 1, sw * (columns - 1) + dw_ * (kw - 1) + 1
    back, weights = np.zeros((N, C, height, width)), np.zeros(w.shape)
    for i in range(rows):
        for j in range(columns):
            down = sh * i + dh * np.arange(kh)[:, None]
            right = sw * j + dw_ * np.arange(kw)
            weights += np.einsum("no,ncuv->ocuv", dy[:, :, i, j], padded[:, :, down, right])
            back[:, :, down, right] += np.einsum("no,ocuv->ncuv", dy[:, :, i, j], w)
    return back[:, :, ph : ph + H, pw : pw + W], weights, dy.sum((0, 2, 3))
