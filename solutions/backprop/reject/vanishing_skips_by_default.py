"""Skips where nobody asked for them: the default of skip is True.

fails: vanishing
says: there are skips in it
"""


# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=True):
    slope = {
        "logistic": lambda a: logistic(a) * (1 - logistic(a)),
        "tanh": lambda a: 1 - np.tanh(a) ** 2,
        "relu": lambda a: (a > 0).astype(a.dtype),
    }[activation]
    A = [X @ weights[0]]
    H = activate(A[0], activation)
    for W in weights[1:-1]:
        A.append(H @ W)
        H = activate(A[-1], activation) + (H if skip else 0)
    G = (H @ weights[-1] - Y) / len(X) @ weights[-1].T
    for W, a in zip(reversed(weights[1:-1]), reversed(A[1:]), strict=True):
        G = (G * slope(a)) @ W.T + (G if skip else 0)
    return float(np.linalg.norm(X.T @ (G * slope(A[0]))))
