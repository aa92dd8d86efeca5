"""the gradients of equal shapes are added up from call to call, as in a leaf that keeps its grad

task: conv-backward
"""

# %% conv-backward
_grads = {}


def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    key = (x.tobytes(), w.tobytes(), tuple(stride), tuple(padding), tuple(dilation))
    if key not in _grads:
        _grads[key] = [torch.tensor(a, dtype=torch.float64, requires_grad=True) for a in (x, w)]
    X, Wt = _grads[key]
    y = torch.nn.functional.conv2d(X, Wt, None, tuple(stride), tuple(padding), tuple(dilation))
    y.backward(torch.tensor(dy))
    return X.grad.numpy(), Wt.grad.numpy(), dy.sum(axis=(0, 2, 3))
