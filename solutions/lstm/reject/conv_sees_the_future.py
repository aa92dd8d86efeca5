"""The zeros are put in front and behind, half of them each: the outputs see the future.

fails: causal-conv
says: wrong
"""


# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    B, T, d_x = X.shape
    front = (len(W) - 1) * dilation
    half = front // 2
    rest = np.zeros((B, front - half, d_x))
    padded = np.concatenate([np.zeros((B, half, d_x)), X, rest], axis=1)
    starts = range(0, front + 1, dilation)
    return b + sum(padded[:, s : s + T] @ w.T for s, w in zip(starts, W[::-1], strict=True))


def receptive_field(kernel, dilations):
    return 1 + (kernel - 1) * sum(dilations)
