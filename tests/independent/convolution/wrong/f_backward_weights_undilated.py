"""dw looks at neighbouring pixels whatever the dilation, while dx is right: dw is wrong for dilation=(2, 1)

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return (dx, dw, db), the gradients with respect to image, weights and bias."""
    (sh, sw), (ph, pw), (dh, dw_) = stride, padding, dilation
    (N, C, H, W), (O, _, kh, kw), (rows, columns) = x.shape, w.shape, dy.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))

    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::sh, ::sw][:, :, :rows, :columns]
    weights = np.einsum("noij,ncijuv->ocuv", dy, windows)
    back = np.zeros(padded.shape)
    for i in range(rows):
        for j in range(columns):
            down, right = sh * i + dh * np.arange(kh)[:, None], sw * j + dw_ * np.arange(kw)
            back[:, :, down, right] += np.tensordot(dy[:, :, i, j], w, axes=1)
    return back[:, :, ph : ph + H, pw : pw + W], weights, dy.sum(axis=(2, 3)).sum(axis=0)
