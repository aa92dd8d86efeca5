"""causal_conv raises an error if a shift j*dilation is larger than T, which is promised to be allowed.

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    B, T, _ = X.shape
    Y = np.tile(b.astype(float), (B, T, 1))
    for j, w in enumerate(W):
        shift = j * dilation
        Y[:, shift:] += X[:, : T - shift] @ w.T
    return Y


def receptive_field(kernel, dilations):
    return 1 + (kernel - 1) * sum(dilations)
