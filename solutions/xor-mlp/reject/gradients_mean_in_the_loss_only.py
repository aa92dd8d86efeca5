"""The loss is a mean, but its gradients belong to the sum.

fails: train
says: mean
"""


# %% gradients
def gradients(X, y, params, activation):
    H = activate(X @ params["W1"] + params["b1"], activation)
    z = H @ params["W2"] + params["b2"]
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = logistic(z) - y
    slope = 1 - H**2 if activation == "tanh" else np.where(H > 0, 1.0, 0.0)
    dA = np.outer(dz, params["W2"]) * slope
    return loss, {"W1": X.T @ dA, "b1": dA.sum(axis=0), "W2": H.T @ dz, "b2": dz.sum()}
