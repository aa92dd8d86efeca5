"""with groups > 1 the layer calls itself for each group and does not pass the dilation on: wrong for groups=2, dilation=(2, 1)

task: conv2d
"""

# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return what a convolutional layer makes of a batch of images."""
    if groups > 1:
        parts = zip(np.split(x, groups, axis=1), np.split(w, groups), np.split(b, groups), strict=True)
        return np.concatenate([conv2d(*part, stride, padding) for part in parts], axis=1)
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    kh, kw = w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    rows = (x.shape[2] - dh * (kh - 1) - 1) // sh + 1
    columns = (x.shape[3] - dw * (kw - 1) - 1) // sw + 1
    y = np.zeros((len(x), len(w), rows, columns)) + b[:, None, None]
    for u in range(kh):
        for v in range(kw):
            seen = x[:, :, dh * u :: sh, dw * v :: sw][:, :, :rows, :columns]
            y += np.einsum("ncij,oc->noij", seen, w[:, :, u, v])
    return y
