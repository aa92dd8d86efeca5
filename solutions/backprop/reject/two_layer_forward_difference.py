"""Numerical gradients with one-sided differences and h = 0.01.

fails: two-layer
says: is wrong in
"""


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    params = {"W1": W1.copy(), "b1": b1.copy(), "W2": W2.copy(), "b2": b2.copy()}

    def loss():
        hidden = logistic(X @ params["W1"] + params["b1"])
        return 0.5 * np.sum((hidden @ params["W2"] + params["b2"] - Y) ** 2) / len(X)

    gradients = {}
    for name, values in params.items():
        gradients[name] = np.zeros_like(values)
        for index in np.ndindex(values.shape):
            kept, before = values[index], loss()
            values[index] = kept + 0.01
            gradients[name][index] = (loss() - before) / 0.01
            values[index] = kept
    return gradients
