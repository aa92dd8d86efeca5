"""im2col takes as many columns of the output as rows: wrong for images whose output is not square, as 5x8 with a kernel of 2x3

task: im2col
"""

# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return the windows of a batch of images as columns, (N, C*kh*kw, H'*W')."""
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = kernel, stride, padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    N, C, H, W = x.shape
    out = (H - dh * (kh - 1) - 1) // sh + 1
    windows = [
        x[:, :, i * sh : i * sh + dh * (kh - 1) + 1 : dh, j * sw : j * sw + dw * (kw - 1) + 1 : dw]
        for i in range(out)
        for j in range(out)
    ]
    return np.stack([window.reshape(N, -1) for window in windows], axis=2)



def gemm(cols, w, b, size):
    return (w.reshape(len(w), -1) @ cols + b[:, None]).reshape(len(cols), len(w), *size)
