"""a list of two

task: cnn
"""

# %% cnn
def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    A = conv2d(X, params["w"], params["b"])
    R = np.maximum(A, 0)
    P = pool2d(R, (2, 2), (2, 2), "max")
    F = P.reshape(len(X), -1)
    Z = F @ params["V"] + params["c"]
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    targets = np.eye(len(params["c"]))[y]
    dZ = (np.exp(log_p) - targets) / len(X)
    dP = (dZ @ params["V"].T).reshape(P.shape)
    dA = pool2d_backward(dP, R, (2, 2), (2, 2), "max") * (A > 0)
    _, dw, db = conv2d_backward(dA, X, params["w"])
    loss = -np.sum(targets * log_p) / len(X)
    return [float(loss), {"w": dw, "b": db, "V": F.T @ dZ, "c": dZ.sum(axis=0)}]
