"""the path for groups = C repeats the channels with tile (0 1 0 1) where they belong in order (0 0 1 1): wrong for groups = C with O > C

task: conv2d
"""

# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return what a convolutional layer makes of a batch of images."""
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    O, part, kh, kw = w.shape
    C = x.shape[1]
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    windows = np.lib.stride_tricks.sliding_window_view(
        x, (dh * (kh - 1) + 1, dw * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::sh, ::sw, ::dh, ::dw]
    if groups == C:  # depthwise: every channel by itself
        windows = np.tile(windows, (1, O // C, 1, 1, 1, 1))
        return np.einsum("noijuv,ouv->noij", windows, w[:, 0]) + b[:, None, None]
    each = O // groups
    y = [
        np.einsum(
            "ncijuv,ocuv->noij",
            windows[:, g * part : (g + 1) * part],
            w[g * each : (g + 1) * each],
        )
        for g in range(groups)
    ]
    return np.concatenate(y, axis=1) + b[:, None, None]
