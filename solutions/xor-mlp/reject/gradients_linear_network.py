"""The activation is missing: the network is linear, and cannot do XOR.

fails: train
says: wrong
"""


# %% gradients
def gradients(X, y, params, activation):
    H = X @ params["W1"] + params["b1"]
    z = H @ params["W2"] + params["b2"]
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (logistic(z) - y) / len(X)
    slope = 1.0
    dA = np.outer(dz, params["W2"]) * slope
    return loss, {"W1": X.T @ dA, "b1": dA.sum(axis=0), "W2": H.T @ dz, "b2": dz.sum()}
