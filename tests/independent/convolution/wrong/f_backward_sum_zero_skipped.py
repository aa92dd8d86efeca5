"""places where the gradients add up to zero are skipped as if they were all zero: wrong for dy with +1 and -1 at one place

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return (dx, dw, db), the gradients with respect to image, weights and bias."""
    (sh, sw), (ph, pw), (dh, dw_) = stride, padding, dilation
    (N, C, H, W), (O, _, kh, kw), (rows, columns) = x.shape, w.shape, dy.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))

    back, weights = np.zeros(padded.shape), np.zeros(w.shape)
    for i in range(rows):
        for j in range(columns):
            g = dy[:, :, i, j]
            if g.sum() == 0:
                continue  # nothing to send, as behind a ReLU
            place = (
                slice(None),
                slice(None),
                slice(sh * i, sh * i + dh * (kh - 1) + 1, dh),
                slice(sw * j, sw * j + dw_ * (kw - 1) + 1, dw_),
            )
            weights += np.tensordot(g, padded[place], axes=(0, 0))
            back[place] += np.tensordot(g, w, axes=1)
    return back[:, :, ph : ph + H, pw : pw + W], weights, dy.sum(axis=(0, 2, 3))
