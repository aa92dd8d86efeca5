"""Sums outer products over single samples, copies of everything, asserts; slope from the values H instead of A.

task: mlp
"""

# %% mlp
def mlp_forward(X, weights, biases, activation):
    assert len(weights) == len(biases) >= 1
    H = [np.array(X, dtype=float)]
    A = []
    while len(A) < len(weights):
        l = len(A)
        A.append(np.einsum("ni,io->no", H[l], weights[l]) + biases[l][None, :])
        if l + 1 < len(weights):
            H.append(activate(A[l], activation).copy())
    return A, H


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    N, L = len(X), len(weights)
    of_value = {
        "logistic": lambda h: h - h * h,
        "tanh": lambda h: (1 - h) * (1 + h),
        "relu": np.sign,
    }[activation]
    dW, db = [W * 0.0 for W in weights], [b * 0.0 for b in biases]
    loss = 0.0
    for n in range(N):
        z = A[-1][n] - A[-1][n].max()
        log_p = z - np.log(np.exp(z).sum())
        loss -= (Y[n] * log_p).sum() / N
        delta = np.exp(log_p) - Y[n]
        for l in range(L - 1, -1, -1):
            dW[l] += np.outer(H[l][n], delta) / N
            db[l] += delta / N
            if l:
                delta = weights[l] @ delta * of_value(H[l][n])
    return float(loss), dW, db
