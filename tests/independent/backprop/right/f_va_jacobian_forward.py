"""Multiplies the Jacobians of the layers sample by sample from the front (forward mode), then one product with the error.

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    prime = {
        "logistic": lambda a: logistic(a) * logistic(-a),
        "tanh": lambda a: 1 / np.cosh(a) ** 2,
        "relu": lambda a: np.where(a > 0, 1.0, 0.0),
    }[activation]
    total = np.zeros(weights[0].shape)
    for x, y in zip(X, Y):
        a = x @ weights[0]
        h, J = activate(a, activation), np.diag(prime(a))  # J[i, j] = dh_j / da1_i
        for W in weights[1:-1]:
            a = h @ W
            step = W * prime(a) + (np.eye(len(h)) if skip else 0)
            h, J = activate(a, activation) + (h if skip else 0), J @ step
        total += np.outer(x, J @ (weights[-1] @ (h @ weights[-1] - y)))
    return float(np.sqrt((total**2).sum()) / len(X))
