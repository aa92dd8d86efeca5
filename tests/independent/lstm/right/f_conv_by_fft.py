"""Unusual: a linear convolution by FFT, padded to its full length so that nothing wraps round.

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    T, k = X.shape[1], len(W)
    reach = (k - 1) * dilation + 1
    spread = np.zeros((reach, *W.shape[1:]))
    spread[::dilation] = W
    size = T + reach
    product = np.einsum("bfx,fyx->bfy", np.fft.rfft(X, size, axis=1), np.fft.rfft(spread, size, axis=0))
    return np.fft.irfft(product, size, axis=1)[:, :T] + b


def receptive_field(kernel, dilations):
    return 1 + (kernel - 1) * sum(dilations)
