"""a default list keeps the hidden layers of earlier calls

task: mlp
"""

# %% mlp
def mlp_forward(X, weights, biases, activation, A=[], H=[]):
    if len(A) != len(weights):
        A.clear()
        H.clear()
    if not A:
        H.append(X)
        for k, (W, b) in enumerate(zip(weights, biases)):
            A.append(H[-1] @ W + b)
            if k + 1 < len(weights):
                H.append(activate(A[-1], activation))
        return list(A), list(H)
    H[0] = X
    for k, (W, b) in enumerate(zip(weights, biases)):
        A[k] = H[k] @ W + b
        if k + 1 < len(weights):
            H[k + 1] = activate(A[k], activation)
    return A, H


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    logits = A[-1] - A[-1].max(axis=1, keepdims=True)
    log_P = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    slope = {
        "logistic": lambda a: logistic(a) * (1 - logistic(a)),
        "tanh": lambda a: 1 - np.tanh(a) ** 2,
        "relu": lambda a: (a > 0).astype(a.dtype),
    }[activation]
    delta = (np.exp(log_P) - Y) / len(X)
    weight_gradients, bias_gradients = [], []
    for layer in reversed(range(len(weights))):
        weight_gradients.insert(0, H[layer].T @ delta)
        bias_gradients.insert(0, delta.sum(axis=0))
        if layer > 0:
            delta = (delta @ weights[layer].T) * slope(A[layer - 1])
    return float(-np.sum(Y * log_P) / len(X)), weight_gradients, bias_gradients
