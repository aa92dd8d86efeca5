"""torch's unfold, and a tensor comes back

task: im2col
"""

# %% im2col
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    return torch.nn.functional.unfold(torch.tensor(x), tuple(kernel), tuple(dilation), tuple(padding), tuple(stride))


def gemm(cols, w, b, size):
    cols, w, b = torch.as_tensor(cols), torch.as_tensor(w), torch.as_tensor(b)
    return (w.flatten(1) @ cols + b[:, None]).unflatten(2, tuple(size))
