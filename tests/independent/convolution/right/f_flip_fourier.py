"""a product of Fourier transforms, zero-padded; the correlation conjugates one factor

task: flip
"""

# %% flip
def _spectrum(a, size):
    return np.fft.fft2(a, s=size, axes=(0, 1))


def correlate(x, k):
    """Return the valid cross-correlation of an image with a kernel, a matrix."""
    (H, W), (kh, kw) = np.shape(x), np.shape(k)
    y = np.fft.ifft2(_spectrum(x, (H, W)) * _spectrum(k, (H, W)).conj()).real
    return y[: H - kh + 1, : W - kw + 1]  # nothing wraps around here


def convolve(x, k, full=False):
    """Return the true convolution of an image with a kernel, a matrix."""
    (H, W), (kh, kw) = np.shape(x), np.shape(k)
    size = (H + kh - 1, W + kw - 1)
    y = np.fft.ifft2(_spectrum(x, size) * _spectrum(k, size)).real
    if full:
        return y
    return y[kh - 1 : H, kw - 1 : W]
