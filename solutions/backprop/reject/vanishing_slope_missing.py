"""The signal goes back through the weights only.

fails: vanishing
says: is σ′ missing?
"""


# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    A = [X @ weights[0]]
    H = activate(A[0], activation)
    for W in weights[1:-1]:
        A.append(H @ W)
        H = activate(A[-1], activation) + (H if skip else 0)
    G = (H @ weights[-1] - Y) / len(X) @ weights[-1].T
    for W in reversed(weights[1:-1]):
        G = G @ W.T + (G if skip else 0)
    return float(np.linalg.norm(X.T @ G))
