"""mlp_backward reverses the caller's list of weights in place and leaves it so ("the arguments stay as they are"): after the call weights[0] is the last matrix.

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
    dW, db = [], []
    weights.reverse()
    A, H = A[::-1], H[::-1]
    for l, W in enumerate(weights):
        dW.insert(0, H[l].T @ delta)
        db.insert(0, delta.sum(axis=0))
        if l + 1 < len(weights):
            delta = (delta @ W.T) * slope(A[l + 1], activation)
    return loss, dW, db


def slope(A, activation):
    if activation == "relu":
        return (A > 0).astype(np.float64)
    value = activate(A, activation)
    return 1 - value**2 if activation == "tanh" else value * (1 - value)
