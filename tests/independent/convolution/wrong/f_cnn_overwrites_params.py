"""the gradients are put into the dictionary params itself, so that the caller's parameters are gone; loss and gradients are right

task: cnn
"""

# %% cnn
def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    """Return the mean loss, a float, and its gradients."""
    w, b, V, c = (params[name] for name in ("w", "b", "V", "c"))
    N = len(X)
    A = conv2d(X, w, b)
    R = np.maximum(A, 0)
    P = pool2d(R, (2, 2), (2, 2), "max")
    F = P.reshape(N, -1)
    Z = F @ V + c
    Z = Z - Z.max(axis=1, keepdims=True)
    logs = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    loss = -logs[np.arange(N), y].mean()
    dZ = (np.exp(logs) - np.eye(len(c))[y]) / N

    dF = dZ @ V.T
    dR = pool2d_backward(dF.reshape(P.shape), R, (2, 2), (2, 2), "max")
    _, dw, db = conv2d_backward(dR * (A > 0), X, w)
    grads = params  # the same names
    grads["w"], grads["b"] = dw, db
    grads["V"], grads["c"] = F.T @ dZ, dZ.sum(axis=0)
    return float(loss), grads
