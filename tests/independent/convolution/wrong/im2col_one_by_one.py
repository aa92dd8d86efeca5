"""a 1x1 kernel is reshaped at once, without stride

task: im2col
"""

# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    x = np.pad(x, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    N, C, H, W = x.shape
    if tuple(kernel) == (1, 1):
        return x.reshape(N, C, H * W)
    reach = [d * (k - 1) + 1 for d, k in zip(dilation, kernel)]
    windows = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    windows = windows[:, :, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kernel[0] * kernel[1], -1)


def gemm(cols, w, b, size):
    out = np.einsum("ok,nkl->nol", w.reshape(len(w), -1), cols) + b[:, None]
    return out.reshape(len(cols), len(w), *size)
