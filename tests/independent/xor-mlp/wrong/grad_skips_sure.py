"""points whose loss is below 1e-4 are left out of the gradient

task: train
"""

# %% gradients
def gradients(X, y, params, activation):
    A = X @ params["W1"] + params["b1"]
    H = np.tanh(A) if activation == "tanh" else np.maximum(A, 0)
    z = H @ params["W2"] + params["b2"]
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (logistic(z) - y) / len(X)
    dz = np.where(np.abs(dz) * len(X) < 1e-4, 0.0, dz)
    slope = 1 - H**2 if activation == "tanh" else (A > 0) * 1.0
    dA = np.outer(dz, params["W2"]) * slope
    return loss, {"W1": X.T @ dA, "b1": dA.sum(axis=0), "W2": H.T @ dz, "b2": dz.sum()}
