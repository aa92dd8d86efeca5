"""with skips ReLU's slope is read off the sum behind the skip

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    H = [activate(X @ weights[0], activation)]
    for W in weights[1:-1]:
        H.append(activate(H[-1] @ W, activation) + (H[-1] if skip else 0))
    phi = {
        "logistic": lambda h: h * (1 - h),
        "tanh": lambda h: 1 - h * h,
        "relu": lambda h: np.sign(np.maximum(h, 0)),
    }[activation]
    G = (H[-1] @ weights[-1] - Y) / len(X) @ weights[-1].T
    for k in range(len(H) - 1, 0, -1):
        own = H[k] - (H[k - 1] if skip and activation != "relu" else 0)
        G = G * phi(own) @ weights[k].T + (G if skip else 0)
    return float(np.linalg.norm(X.T @ (G * phi(H[0]))))
