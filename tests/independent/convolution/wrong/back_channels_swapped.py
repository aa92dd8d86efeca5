"""swaps the axes of the weights where both have one size

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    X, Wt = (torch.tensor(a, dtype=torch.float64, requires_grad=True) for a in (x, w))
    y = torch.nn.functional.conv2d(X, Wt, None, tuple(stride), tuple(padding), tuple(dilation))
    y.backward(torch.tensor(dy))
    return X.grad.numpy(), (Wt.grad.transpose(0, 1) if Wt.shape[0] == Wt.shape[1] else Wt.grad).numpy(), dy.sum(axis=(0, 2, 3))
