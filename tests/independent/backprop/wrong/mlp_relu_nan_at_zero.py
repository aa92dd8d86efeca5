"""the slope of ReLU as relu(a)/a: nan at exactly 0

task: mlp
"""

# %% mlp
def mlp_forward(X, weights, biases, activation):
    A, H = ([], [X])
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        if layer > 0:
            H.append(activate(A[-1], activation))
        A.append(H[-1] @ W + b)
    return (A, H)


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    logits = A[-1] - A[-1].max(axis=1, keepdims=True)
    log_P = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    slope = {
        "logistic": lambda a: logistic(a) * (1 - logistic(a)),
        "tanh": lambda a: 1 - np.tanh(a) ** 2,
        "relu": lambda a: np.maximum(a, 0) / a,
    }[activation]
    delta = (np.exp(log_P) - Y) / len(X)
    weight_gradients, bias_gradients = [], []
    for layer in reversed(range(len(weights))):
        weight_gradients.insert(0, H[layer].T @ delta)
        bias_gradients.insert(0, delta.sum(axis=0))
        if layer > 0:
            delta = (delta @ weights[layer].T) * slope(A[layer - 1])
    return float(-np.sum(Y * log_P) / len(X)), weight_gradients, bias_gradients
