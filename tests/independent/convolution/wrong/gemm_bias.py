"""the bias is added along the columns wherever their number fits

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
    out = w.reshape(len(w), -1) @ cols
    out = out + (b if out.shape[-1] == len(b) else b[:, None])
    return out.reshape(-1, len(w), size[0], size[1])
