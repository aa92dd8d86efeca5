"""knows plain and depthwise, and takes every other number of groups for depthwise

task: conv2d
"""

# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    X, Wt, bt = (torch.tensor(a, dtype=torch.float64) for a in (x, w, b))
    if groups > 1:
        groups = X.shape[1] // Wt.shape[1]
        if groups == X.shape[1] and len(Wt) != X.shape[1]:
            Wt = Wt.reshape(-1, groups, *Wt.shape[1:]).transpose(0, 1).reshape(Wt.shape)
    return torch.nn.functional.conv2d(X, Wt, bt, tuple(stride), tuple(padding), tuple(dilation), groups)
