"""Central differences of the loss: noise of about 1e-11 is all that is left where the norm is 1e-14 or 1e-20 (deep logistic networks).

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    def loss(W0):
        H = activate(X @ W0, activation)
        for W in weights[1:-1]:
            H = activate(H @ W, activation) + (H if skip else 0)
        return np.sum((H @ weights[-1] - Y) ** 2) / (2 * len(X))

    total, h = 0.0, 1e-5
    for index in np.ndindex(weights[0].shape):
        up, down = weights[0].copy(), weights[0].copy()
        up[index] += h
        down[index] -= h
        total += ((loss(up) - loss(down)) / (2 * h)) ** 2
    return float(np.sqrt(total))
