"""The loss takes the logarithm of a probability that has become 0.

fails: train
says: Logits of several hundreds
tells: With large logits the loss is not finite: it takes the logarithm of 0.
"""


# %% gradients
def gradients(X, y, params, activation):
    H = activate(X @ params["W1"] + params["b1"], activation)
    z = H @ params["W2"] + params["b2"]
    loss = -np.mean(y * np.log(logistic(z)) + (1 - y) * np.log(1 - logistic(z)))
    dz = (logistic(z) - y) / len(X)
    slope = 1 - H**2 if activation == "tanh" else np.where(H > 0, 1.0, 0.0)
    dA = np.outer(dz, params["W2"]) * slope
    return loss, {"W1": X.T @ dA, "b1": dA.sum(axis=0), "W2": H.T @ dz, "b2": dz.sum()}
