"""Only tanh has its own slope, everything else is treated as relu: with "logistic" the slope is 1 where the pre-activation is positive and 0 elsewhere.

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    def slope(A):
        return 1 - np.tanh(A) ** 2 if activation == "tanh" else np.where(A > 0, 1.0, 0.0)

    A, H = [X @ weights[0]], [activate(X @ weights[0], activation)]
    for W in weights[1:-1]:
        A.append(H[-1] @ W)
        H.append(activate(A[-1], activation) + (H[-1] if skip else 0))
    G = (H[-1] @ weights[-1] - Y) @ weights[-1].T / len(X)
    for l in range(len(A) - 1, 0, -1):
        G = (G * slope(A[l])) @ weights[l].T + (G if skip else 0)
    return float(np.linalg.norm(X.T @ (G * slope(A[0]))))
