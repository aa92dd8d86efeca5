"""The gradient of b2 is kept as an array of shape (1,), although b2 is a number and a gradient has the shape of its parameter.

task: train
"""

# %% gradients
def gradients(X, y, params, activation):
    hidden = activate(X @ params["W1"] + params["b1"], activation)
    z = hidden @ params["W2"] + params["b2"]
    loss = np.mean(np.logaddexp(0, z) - y * z)
    delta = ((logistic(z) - y) / len(y))[:, None]
    slope = 1 - hidden**2 if activation == "tanh" else hidden > 0
    back = delta * params["W2"] * slope
    return loss, {
        "W1": X.T @ back,
        "b1": back.sum(axis=0),
        "W2": (hidden.T @ delta)[:, 0],
        "b2": delta.sum(axis=0),
    }
