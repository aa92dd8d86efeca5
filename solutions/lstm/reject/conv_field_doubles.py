"""The receptive field is multiplied by the kernel in every layer, whatever its dilation.

fails: causal-conv
says: receptive field
tells: The receptive field is multiplied by the kernel in every layer, whatever its dilation; a layer adds (k − 1)δ to it.
"""


# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    B, T, d_x = X.shape
    front = (len(W) - 1) * dilation
    padded = np.concatenate([np.zeros((B, front, d_x)), X], axis=1)
    starts = range(0, front + 1, dilation)
    return b + sum(padded[:, s : s + T] @ w.T for s, w in zip(starts, W[::-1], strict=True))


def receptive_field(kernel, dilations):
    return kernel ** len(dilations)
