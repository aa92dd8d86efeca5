"""Takes -log P after dividing: with logits [1000, -1000] and the second class right P is 0 and the loss inf, it should be 2000.

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
    E = np.exp(A[-1] - A[-1].max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    loss = float(-np.mean(np.log(P[np.arange(len(Y)), Y.argmax(axis=1)])))
    delta = (P - Y) / len(Y)
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
