"""writes the convolution out as a matrix for each axis and multiplies with the transposes; 1x1 as a flat product in torch

task: transposed
"""

# %% transposed
def one_by_one(x, w):
    """Return the 1×1 convolution of an image, channels last, (H, W, O)."""
    pixels = torch.tensor(np.array(x)).flatten(0, 1)
    return torch.mm(pixels, torch.tensor(np.array(w))).unflatten(0, x.shape[:2])


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    """Return the transposed convolution, (N, C, H, W), the adjoint of a layer without bias."""

    def selection(out, k, s, p):
        """S[i, u, n] = 1 where output i meets pixel n through the entry u of the kernel."""
        n = (out - 1) * s + k - 2 * p
        i, u, pixel = np.ogrid[:out, :k, :n]
        return (s * i + u - p == pixel).astype(float)

    down = selection(y.shape[2], w.shape[2], stride[0], padding[0])
    right = selection(y.shape[3], w.shape[3], stride[1], padding[1])
    return np.einsum("noij,ocuv,iuh,jvw->nchw", y, w, down, right, optimize="greedy")
