"""W[0] is taken for the oldest input instead of the newest.

fails: causal-conv
says: turned round
"""


# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    B, T, d_x = X.shape
    front = (len(W) - 1) * dilation
    padded = np.concatenate([np.zeros((B, front, d_x)), X], axis=1)
    starts = range(0, front + 1, dilation)
    return b + sum(padded[:, s : s + T] @ w.T for s, w in zip(starts, W, strict=True))


def receptive_field(kernel, dilations):
    return 1 + (kernel - 1) * sum(dilations)
