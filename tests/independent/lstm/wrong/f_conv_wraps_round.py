"""The convolution is done by FFT over a length that is padded for undilated kernels only (T + 2k), so for a large dilation the end of the sequence comes in at its start.

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    T, k = X.shape[1], len(W)
    size = T + 2 * k
    kernel = np.zeros((size, *W.shape[1:]))
    for j in range(k):
        kernel[j * dilation % size] += W[j]
    spectrum = np.einsum("bfx,fyx->bfy", np.fft.rfft(X, size, axis=1), np.fft.rfft(kernel, axis=0))
    return np.fft.irfft(spectrum, size, axis=1)[:, :T] + b


def receptive_field(kernel, dilations):
    return 1 + (kernel - 1) * sum(dilations)
