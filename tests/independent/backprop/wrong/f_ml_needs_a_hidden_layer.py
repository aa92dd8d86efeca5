"""With a single layer (L = 1) H has an entry too many and the weight gradient is taken with the activated logits instead of X.

task: mlp
"""

# %% mlp
def mlp_forward(X, weights, biases, activation):
    A = [X @ weights[0] + biases[0]]
    H = [X, activate(A[0], activation)]
    for l in range(1, len(weights)):
        A.append(H[l] @ weights[l] + biases[l])
        if l < len(weights) - 1:
            H.append(activate(A[l], activation))
    return A, H


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    shifted = A[-1] - A[-1].max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = float(-np.sum(Y * log_p) / len(Y))
    delta = (np.exp(log_p) - Y) / len(Y)
    dW, db = [H[-1].T @ delta], [delta.sum(axis=0)]
    for l in range(len(weights) - 2, -1, -1):
        delta = (delta @ weights[l + 1].T) * slope(A[l], activation)
        dW.insert(0, H[l].T @ delta)
        db.insert(0, delta.sum(axis=0))
    return loss, dW, db


def slope(A, activation):
    if activation == "relu":
        return (A > 0).astype(np.float64)
    value = activate(A, activation)
    return 1 - value**2 if activation == "tanh" else value * (1 - value)
