"""mlp_forward remembers its result for the same objects: after weights[0] -= 0.1*g in place (same arrays, other values) it returns the old A and H.

task: mlp
"""

# %% mlp
_last = {"key": None, "value": None}


def mlp_forward(X, weights, biases, activation):
    key = (id(X), tuple(map(id, weights)), tuple(map(id, biases)), activation)
    if _last["key"] != key:
        A, H = [], [X]
        for W, b in zip(weights, biases, strict=True):
            if A:
                H.append(activate(A[-1], activation))
            A.append(H[-1] @ W + b)
        _last.update(key=key, value=(A, H), keep=(X, [*weights], [*biases]))
    A, H = _last["value"]
    return list(A), list(H)


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
        return (A > 0).astype(np.float64)
    value = activate(A, activation)
    return 1 - value**2 if activation == "tanh" else value * (1 - value)
