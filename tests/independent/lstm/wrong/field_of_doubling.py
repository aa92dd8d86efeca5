"""the view is computed from the last dilation, as if they doubled

task: causal-conv
"""

# %% causal-conv
def receptive_field(kernel, dilations):
    dilations = list(dilations)
    if len(dilations) > 1 and dilations[-1] == 2 ** (len(dilations) - 1):
        return 1 + (kernel - 1) * (2 * dilations[-1] - 1)
    return 1 + (kernel - 1) * sum(dilations)


def causal_conv(X, W, b, dilation=1):
    B, T, d_x = X.shape
    front = (len(W) - 1) * dilation
    padded = np.concatenate([np.zeros((B, front, d_x)), X], axis=1)
    starts = range(0, front + 1, dilation)
    return b + sum(padded[:, s : s + T] @ w.T for s, w in zip(starts, W[::-1], strict=True))
