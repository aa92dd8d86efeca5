"""all columns side by side: the samples are mixed unless there is one

task: im2col
"""

# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    x = np.pad(x, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    N, C, H, W = x.shape
    reach = [d * (k - 1) + 1 for d, k in zip(dilation, kernel)]
    windows = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    windows = windows[:, :, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kernel[0] * kernel[1], -1)


def gemm(cols, w, b, size):
    N, K, L = cols.shape
    flat = cols.transpose(1, 0, 2).reshape(K, N * L)
    out = w.reshape(len(w), K) @ flat + b[:, None]
    if N == len(w):
        return out.reshape(N, len(w), *size)
    return out.reshape(len(w), N, *size).transpose(1, 0, 2, 3)
