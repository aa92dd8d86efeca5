"""the padded canvas is kept by its shape and the border never cleared: wrong for an image of 6x6 with padding 1 after one of 8x8 without

task: conv2d
"""

# %% conv2d
canvases = {}


def on_canvas(x, ph, pw):
    """Return the image with zeros around it; the memory is used again."""
    N, C, H, W = x.shape
    shape = (N, C, H + 2 * ph, W + 2 * pw)
    canvas = canvases.setdefault(shape, np.zeros(shape))
    canvas[:, :, ph : ph + H, pw : pw + W] = x
    return canvas


def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return what a convolutional layer makes of a batch of images."""
    (sh, sw), (dh, dw) = stride, dilation
    x = on_canvas(x, *padding)
    O, part, kh, kw = w.shape
    rows = (x.shape[2] - dh * (kh - 1) - 1) // sh + 1
    columns = (x.shape[3] - dw * (kw - 1) - 1) // sw + 1
    y = np.zeros((len(x), O, rows, columns))
    for o in range(O):
        first = o // (O // groups) * part
        y[:, o] = b[o]
        for c in range(part):
            for u in range(kh):
                for v in range(kw):
                    seen = x[:, first + c, dh * u :: sh, dw * v :: sw]
                    y[:, o] += w[o, c, u, v] * seen[:, :rows, :columns]
    return y
