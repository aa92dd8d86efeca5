"""a window longer than the sequence wraps round

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    T = X.shape[1]
    Y = b
    for j, w in enumerate(W):
        moved = np.roll(X, j * dilation, axis=1)
        moved[:, : (j * dilation) % T if j * dilation != T else T] = 0
        Y = Y + moved @ w.T
    return Y


def receptive_field(kernel, dilations):
    return 1 + (kernel - 1) * sum(dilations)
