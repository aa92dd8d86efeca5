"""correlate calculates in float32 though arrays are float64: an edge kernel on an image of 1e8 plus noise gives zeros and eights

task: flip
"""

# %% flip
def correlate(x, k):
    """Return the valid cross-correlation of an image with a kernel, a matrix."""
    image = torch.as_tensor(np.array(x), dtype=torch.float32)
    kernel = torch.as_tensor(np.array(k), dtype=torch.float32)
    kh, kw = kernel.shape
    windows = image.unfold(0, kh, 1).unfold(1, kw, 1)
    return (windows * kernel).sum(dim=(2, 3)).double().numpy()


def convolve(x, k, full=False):
    """Return the true convolution of an image with a kernel, a matrix."""
    (H, W), (kh, kw) = x.shape, k.shape
    y = np.zeros((H + kh - 1, W + kw - 1))
    for u in range(kh):
        for v in range(kw):
            y[u : u + H, v : v + W] += k[u, v] * x
    return y if full else y[kh - 1 : H, kw - 1 : W]
