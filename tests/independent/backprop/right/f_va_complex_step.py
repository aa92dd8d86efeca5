"""Complex step in every entry of W_0: no backward pass at all, exact also at 1e-20.

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    def phi(A):
        if activation == "relu":
            return A * (A.real > 0)
        return np.tanh(A) if activation == "tanh" else (1 + np.tanh(A / 2)) / 2

    eps, squares = 1e-50, []
    for index in np.ndindex(np.shape(weights[0])):
        W = weights[0].astype(complex)
        W[index] += 1j * eps
        H = phi(X @ W)
        for V in weights[1:-1]:
            H = phi(H @ V) + (H if skip else 0)
        E = H @ weights[-1] - Y
        squares.append(((E**2).sum() / (2 * len(X))).imag / eps)
    return float(np.linalg.norm(squares))
