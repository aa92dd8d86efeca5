"""loops over the entries of the kernel, not over the outputs; a canvas that is cut with explicit ends

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return (dx, dw, db), the gradients with respect to image, weights and bias."""
    (sh, sw), (ph, pw), (dh, dw_) = stride, padding, dilation
    H, W = x.shape[2:]
    h, w_ = dy.shape[2:]
    padded = np.zeros((*x.shape[:2], H + 2 * ph, W + 2 * pw))
    middle = (..., slice(ph, ph + H), slice(pw, pw + W))
    padded[middle] = x
    gradient, weights = np.zeros(padded.shape), np.zeros(w.shape)
    for u, v in np.ndindex(*w.shape[2:]):
        met = (..., slice(dh * u, dh * u + sh * h, sh), slice(dw_ * v, dw_ * v + sw * w_, sw))
        # where the canvas ends early the slice still holds h and w_ entries: the last one is inside
        gradient[met] += np.tensordot(dy, w[:, :, u, v], axes=(1, 0)).transpose(0, 3, 1, 2)
        weights[:, :, u, v] = np.tensordot(dy, padded[met], axes=((0, 2, 3), (0, 2, 3)))
    bias = np.array([dy[:, o].sum() for o in range(len(w))])
    return gradient[middle].copy(), weights, bias
