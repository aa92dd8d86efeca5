"""receptive_field pops the dilations off the caller's list, so a second call with the same list returns 1.

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    B, T, d_x = X.shape
    k = len(W)
    pad = (k - 1) * dilation
    padded = np.concatenate([np.zeros((B, pad, d_x)), X], axis=1)
    Y = np.zeros((B, T, len(b))) + b
    for j in range(k):
        start = pad - j * dilation
        Y += padded[:, start : start + T] @ W[j].T
    return Y


def receptive_field(kernel, dilations):
    field = 1
    while dilations:
        field += (kernel - 1) * dilations.pop()
    return field
