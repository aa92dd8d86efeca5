"""the dilated kernel is written out with zeros and blocks of zeros for the groups, then a plain convolution is thinned out by the stride

task: conv2d
"""

# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return what a convolutional layer makes of a batch of images."""
    (O, D, kh, kw), C = w.shape, x.shape[1]
    big = np.zeros((O, C, dilation[0] * (kh - 1) + 1, dilation[1] * (kw - 1) + 1))
    for o in range(O):
        g = o // (O // groups)
        big[o, g * D : (g + 1) * D, :: dilation[0], :: dilation[1]] = w[o]
    z = np.zeros((x.shape[0], C, x.shape[2] + 2 * padding[0], x.shape[3] + 2 * padding[1]))
    z[:, :, padding[0] : padding[0] + x.shape[2], padding[1] : padding[1] + x.shape[3]] = x
    shape = (z.shape[2], z.shape[3])
    product = np.einsum("nchw,ochw->nohw", np.fft.fft2(z), np.fft.fft2(big, s=shape).conj())
    plain = np.fft.ifft2(product).real[:, :, : shape[0] - big.shape[2] + 1, : shape[1] - big.shape[3] + 1]
    return plain[:, :, :: stride[0], :: stride[1]] + np.asarray(b)[None, :, None, None]
