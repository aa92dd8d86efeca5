"""the output array is kept by its shape and handed out again, so that the second call overwrites the result of the first

task: conv2d
"""

# %% conv2d
outputs = {}


def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return what a convolutional layer makes of a batch of images."""
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    O, part, kh, kw = w.shape
    shape = (
        len(x),
        O,
        (x.shape[2] - dh * (kh - 1) - 1) // sh + 1,
        (x.shape[3] - dw * (kw - 1) - 1) // sw + 1,
    )
    if shape not in outputs:
        outputs[shape] = np.empty(shape)
    y = outputs[shape]
    for o in range(O):
        first = o // (O // groups) * part
        for i in range(shape[2]):
            for j in range(shape[3]):
                window = x[:, first : first + part, i * sh :: dh, j * sw :: dw][:, :, :kh, :kw]
                y[:, o, i, j] = np.einsum("ncuv,cuv->n", window, w[o]) + b[o]
    return y
