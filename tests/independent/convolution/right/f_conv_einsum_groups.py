"""one einsum over a view of all windows, with the groups as an axis of their own

task: conv2d
"""

# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return what a convolutional layer makes of a batch of images."""
    up, left = padding
    x = np.pad(x, [(0, 0), (0, 0), (up, up), (left, left)], mode="constant", constant_values=0.0)
    N, C, H, W = x.shape
    O, D, kh, kw = w.shape
    assert D * groups == C and O % groups == 0
    reach = (dilation[0] * (kh - 1) + 1, dilation[1] * (kw - 1) + 1)
    view = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(-2, -1))
    view = view[:, :, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]
    view = view.reshape(N, groups, D, *view.shape[2:])
    y = np.einsum("ngcijuv,gocuv->ngoij", view, w.reshape(groups, O // groups, D, kh, kw), optimize=True)
    return y.reshape(N, O, *y.shape[3:]) + np.reshape(b, (1, O, 1, 1))
