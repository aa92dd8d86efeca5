"""dx as a correlation of the spread and flipped, dw as a correlation with the spread gradient, both by one helper

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return (dx, dw, db), the gradients with respect to image, weights and bias."""

    def spread(a, steps):
        """Put steps - 1 zeros between the entries of the last two axes."""
        shape = tuple(s * (n - 1) + 1 for s, n in zip(steps, a.shape[2:], strict=True))
        out = np.zeros((*a.shape[:2], *shape))
        out[:, :, :: steps[0], :: steps[1]] = a
        return out

    def valid(image, kernel, letters):
        windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[2:], axis=(2, 3))
        return np.einsum(letters, windows, kernel)

    (ph, pw), (H, W) = padding, x.shape[2:]
    g, big = spread(dy, stride), spread(w, dilation)
    around = ((0, 0), (0, 0), *((n - 1, n - 1) for n in big.shape[2:]))
    back = valid(np.pad(g, around), big[:, :, ::-1, ::-1], "noijuv,ocuv->ncij")
    missing = [n + 2 * p - m for n, p, m in zip((H, W), padding, back.shape[2:], strict=True)]
    back = np.pad(back, ((0, 0), (0, 0), (0, missing[0]), (0, missing[1])))  # seen by no window
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    weights = valid(padded, g, "ncuvij,noij->ocuv")
    weights = weights[:, :, :: dilation[0], :: dilation[1]][:, :, : w.shape[2], : w.shape[3]]
    return back[:, :, ph : H + ph, pw : W + pw], weights, dy.sum(axis=-1).sum(axis=-1).sum(axis=0)
