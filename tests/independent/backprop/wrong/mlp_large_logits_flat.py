"""logits are clipped to ±500

task: mlp
"""

# %% mlp
def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    Z = np.clip(A[-1], -500, 500)
    S = Z - Z.max(1, keepdims=True)
    logP = S - np.log(np.exp(S).sum(1, keepdims=True))
    phi = {
        "logistic": lambda h: h * (1 - h),
        "tanh": lambda h: 1 - h**2,
        "relu": lambda h: (h > 0) * 1.0,
    }[activation]
    d, dW, db = (np.exp(logP) - Y) / len(X), [], []
    for k in range(len(weights) - 1, -1, -1):
        dW, db = [H[k].T @ d, *dW], [d.sum(0), *db]
        if k:
            d = d @ weights[k].T * phi(H[k])
    return float(-(Y * logP).sum() / len(X)), dW, db


def mlp_forward(X, weights, biases, activation):
    A, H = [], [X]
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        if layer > 0:
            H.append(activate(A[-1], activation))
        A.append(H[-1] @ W + b)
    return A, H
