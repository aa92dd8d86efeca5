"""the bias is added along the width wherever that fits

task: conv2d
"""

# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    kh, kw = w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    view = np.lib.stride_tricks.sliding_window_view
    win = view(x, (dh * (kh - 1) + 1, dw * (kw - 1) + 1), axis=(2, 3))[:, :, ::sh, ::sw, ::dh, ::dw]
    C, O = w.shape[1], len(w) // groups
    parts = [
        np.einsum("ncijuv,ocuv->noij", win[:, g * C : (g + 1) * C], w[g * O : (g + 1) * O])
        for g in range(groups)
    ]
    y = np.concatenate(parts, axis=1)
    try:
        return y + b
    except ValueError:
        return y + b[:, None, None]
