"""Carries delta through W and only transposes if that fails: wrong (and silent) for square weight matrices after the first layer, e.g. layers 3, 4, 4, 2.

task: mlp
"""

# %% mlp
def mlp_forward(X, weights, biases, activation):
    A, H = [], [X]
    for l, (W, b) in enumerate(zip(weights, biases, strict=True)):
        A.append(H[-1] @ W + b)
        if l < len(weights) - 1:
            H.append(activate(A[-1], activation))
    return A, H


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    shifted = A[-1] - A[-1].max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = float(-np.sum(Y * log_p) / len(Y))
    delta = (np.exp(log_p) - Y) / len(Y)
    dW, db = [None] * len(weights), [None] * len(weights)
    for l in range(len(weights) - 1, -1, -1):
        dW[l], db[l] = H[l].T @ delta, delta.sum(axis=0)
        if l > 0:
            try:
                back = delta @ weights[l]
            except ValueError:
                back = delta @ weights[l].T
            if back.shape != A[l - 1].shape:
                back = delta @ weights[l].T
            delta = back * slope(A[l - 1], activation)
    return loss, dW, db


def slope(A, activation):
    if activation == "relu":
        return (A > 0).astype(np.float64)
    value = activate(A, activation)
    return 1 - value**2 if activation == "tanh" else value * (1 - value)
