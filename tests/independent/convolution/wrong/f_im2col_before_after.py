"""padding is read as (before, after) for both axes, where it is (down, right) on both sides: wrong for padding=(1, 2), right for equal entries

task: im2col
"""

# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return the windows of a batch of images as columns, (N, C*kh*kw, H'*W')."""
    (kh, kw), (sh, sw), (dh, dw) = kernel, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), tuple(padding), tuple(padding)))
    N, C, H, W = x.shape
    windows = np.lib.stride_tricks.sliding_window_view(
        x, (dh * (kh - 1) + 1, dw * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::sh, ::sw, ::dh, ::dw]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1)



def gemm(cols, w, b, size):
    return (w.reshape(len(w), -1) @ cols + b[:, None]).reshape(len(cols), len(w), *size)
