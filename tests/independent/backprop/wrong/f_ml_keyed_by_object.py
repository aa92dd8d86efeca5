"""Collects gradients in a dictionary by id of the array: when two layers share one array object (weights = [V, W, W, U]) both get the same gradient.

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
    grads = {}
    for l in reversed(range(len(weights))):
        grads[id(weights[l])] = H[l].T @ delta
        grads[id(biases[l])] = delta.sum(axis=0)
        if l:
            delta = (delta @ weights[l].T) * slope(A[l - 1], activation)
    return loss, [grads[id(W)] for W in weights], [grads[id(b)] for b in biases]


def slope(A, activation):
    if activation == "relu":
        return (A > 0).astype(np.float64)
    value = activate(A, activation)
    return 1 - value**2 if activation == "tanh" else value * (1 - value)
