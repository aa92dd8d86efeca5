"""the border is cut off only if both paddings are positive, so that dx has the wrong shape for padding=(1, 0)

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return (dx, dw, db), the gradients with respect to image, weights and bias."""
    (sh, sw), (ph, pw), (dh, dw_) = stride, padding, dilation
    (N, C, H, W), (O, _, kh, kw), (rows, columns) = x.shape, w.shape, dy.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))

    back, weights = np.zeros_like(padded), np.zeros_like(w)
    for u in range(kh):
        for v in range(kw):
            down = slice(dh * u, dh * u + sh * (rows - 1) + 1, sh)
            right = slice(dw_ * v, dw_ * v + sw * (columns - 1) + 1, sw)
            weights[:, :, u, v] = np.einsum("noij,ncij->oc", dy, padded[:, :, down, right])
            back[:, :, down, right] += np.einsum("noij,oc->ncij", dy, w[:, :, u, v])
    if ph and pw:
        back = back[:, :, ph:-ph, pw:-pw]
    return back, weights, np.einsum("noij->o", dy)
