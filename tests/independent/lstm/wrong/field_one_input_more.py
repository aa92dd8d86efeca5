"""a kernel of 1 still adds its dilation

task: causal-conv
"""

# %% causal-conv
def receptive_field(kernel, dilations):
    field = 1
    for d in dilations:
        field += max(kernel - 1, 1) * d
    return field


def causal_conv(X, W, b, dilation=1):
    B, T, d_x = X.shape
    front = (len(W) - 1) * dilation
    padded = np.concatenate([np.zeros((B, front, d_x)), X], axis=1)
    starts = range(0, front + 1, dilation)
    return b + sum(padded[:, s : s + T] @ w.T for s, w in zip(starts, W[::-1], strict=True))
