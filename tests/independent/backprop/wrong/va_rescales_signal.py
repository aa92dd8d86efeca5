"""the signal is kept at length 1 on its way: nan where it is zero

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    A, H = [], [X]
    for k, W in enumerate(weights[:-1]):
        A.append(H[-1] @ W)
        H.append(activate(A[-1], activation) + (H[-1] if skip and k else 0))
    phi = {
        "logistic": lambda a: logistic(a) * logistic(-a),
        "tanh": lambda a: 1 - np.tanh(a) ** 2,
        "relu": lambda a: (a > 0) * 1.0,
    }[activation]
    G, size = (H[-1] @ weights[-1] - Y) @ weights[-1].T / len(X), 1.0
    for k in range(len(A) - 1, 0, -1):
        length = np.linalg.norm(G)
        G, size = G / length, size * length
        G = (G * phi(A[k])) @ weights[k].T + (G if skip else 0)
    return float(size * np.linalg.norm(X.T @ (G * phi(A[0]))))
