"""by Fourier transforms, rounded to eight digits

task: flip
"""

# %% flip
def correlate(x, k):
    big = np.zeros(x.shape)
    big[: k.shape[0], : k.shape[1]] = k
    y = np.fft.ifft2(np.fft.fft2(x) * np.conj(np.fft.fft2(big))).real
    return np.round(y, 8)[: x.shape[0] - k.shape[0] + 1, : x.shape[1] - k.shape[1] + 1]


def convolve(x, k, full=False):
    if full:
        a, b = k.shape[0] - 1, k.shape[1] - 1
        x = np.pad(x, ((a, a), (b, b)))
    return correlate(x, k[::-1, ::-1])
