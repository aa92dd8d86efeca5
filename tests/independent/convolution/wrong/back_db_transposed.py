"""db is summed over the first axis of a reshape that mixes samples and channels

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    X, Wt = (torch.tensor(a, dtype=torch.float64, requires_grad=True) for a in (x, w))
    y = torch.nn.functional.conv2d(X, Wt, None, tuple(stride), tuple(padding), tuple(dilation))
    y.backward(torch.tensor(dy))
    return X.grad.numpy(), Wt.grad.numpy(), dy.reshape(dy.shape[0], dy.shape[1], -1).sum(2).sum(1 if dy.shape[0] == dy.shape[1] else 0)
