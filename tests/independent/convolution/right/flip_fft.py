"""by Fourier transforms in two dimensions

task: flip
"""

# %% flip
def correlate(x, k):
    big = np.fft.rfft2(x) * np.conj(np.fft.rfft2(k, x.shape))
    y = np.fft.irfft2(big, x.shape)
    return y[: x.shape[0] - k.shape[0] + 1, : x.shape[1] - k.shape[1] + 1]


def convolve(x, k, full=False):
    size = [a + b - 1 for a, b in zip(x.shape, k.shape)]
    y = np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(k, size), size)
    if full:
        return y
    return y[k.shape[0] - 1 : x.shape[0], k.shape[1] - 1 : x.shape[1]]
