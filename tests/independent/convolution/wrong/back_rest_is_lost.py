"""dx ends where the last window ends: pixels that no window sees are missing

task: conv-backward
"""

# %% conv-backward
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    grad = torch.nn.grad.conv2d_weight(torch.tensor(x), w.shape, torch.tensor(dy), tuple(stride), tuple(padding), tuple(dilation))
    dx = torch.nn.functional.conv_transpose2d(torch.tensor(dy), torch.tensor(w), None, tuple(stride), tuple(padding), 0, 1, tuple(dilation))
    return dx.numpy(), grad.numpy(), dy.sum((0, 2, 3))
