"""The slope of the activation is missing.

fails: train
says: slope of the activation missing
"""


# %% gradients
def gradients(X, y, params, activation):
    H = activate(X @ params["W1"] + params["b1"], activation)
    z = H @ params["W2"] + params["b2"]
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (logistic(z) - y) / len(X)
    dA = np.outer(dz, params["W2"])
    return loss, {"W1": X.T @ dA, "b1": dA.sum(axis=0), "W2": H.T @ dz, "b2": dz.sum()}
