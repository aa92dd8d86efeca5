"""torch's convolution, padded on one side; the view by a walk

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    x = torch.tensor(X).transpose(1, 2)
    x = torch.nn.functional.pad(x, ((len(W) - 1) * dilation, 0))
    w = torch.tensor(W[::-1].copy()).permute(1, 2, 0)
    return torch.nn.functional.conv1d(x, w, torch.tensor(b), dilation=dilation).transpose(1, 2)


def receptive_field(kernel, dilations):
    first = 0
    for d in dilations:
        first -= d * (kernel - 1)
    return np.int64(1 - first)
