"""an output sees the first inputs or the last ones, so that the middle groups are wrong for groups >= 3

task: conv2d
"""

# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return what a convolutional layer makes of a batch of images."""
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    O, part, kh, kw = w.shape
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    rows = (x.shape[2] - dh * (kh - 1) - 1) // sh + 1
    columns = (x.shape[3] - dw * (kw - 1) - 1) // sw + 1
    y = np.empty((len(x), O, rows, columns))
    for o in range(O):
        inputs = x[:, :part] if o < O // groups else x[:, -part:]
        for i in range(rows):
            for j in range(columns):
                top, left = sh * i, sw * j
                window = inputs[:, :, top : top + dh * (kh - 1) + 1 : dh, left : left + dw * (kw - 1) + 1 : dw]
                y[:, o, i, j] = np.tensordot(window, w[o], axes=3) + b[o]
    return y
