"""Down and right are swapped on the way back.

fails: conv-backward
says: d
"""


# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    (sw, sh), (pw, ph), (dw_, dh) = stride, padding, dilation
    _, _, H, W = x.shape
    _, _, kh, kw = w.shape
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dx, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for i, j in np.ndindex(dy.shape[2:]):
        rows = slice(sh * i, sh * i + dh * (kh - 1) + 1, dh)
        columns = slice(sw * j, sw * j + dw_ * (kw - 1) + 1, dw_)
        g = dy[:, :, i, j]
        window = padded[:, :, rows, columns]
        dw[:, :, : window.shape[2], : window.shape[3]] += np.tensordot(g, window, axes=(0, 0))
        there = dx[:, :, rows, columns]
        there += np.tensordot(g, w, axes=1)[:, :, : there.shape[2], : there.shape[3]]
    return dx[:, :, ph : ph + H, pw : pw + W], dw, dy.sum(axis=(0, 2, 3))
