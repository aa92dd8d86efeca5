"""pools before the ReLU, and forgets where the maximum is not positive

task: cnn
"""

# %% cnn
def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    A = conv2d(X, params["w"], params["b"])
    R = np.where(A > 0, A, 0.0)
    P = pool2d(R, (2, 2), (2, 2), "max")
    F = P.reshape(len(P), -1)
    Z = F @ params["V"] + params["c"]
    Z = Z - Z.max(axis=1, keepdims=True)
    lse = np.log(np.exp(Z).sum(axis=1, keepdims=True))
    hot = np.eye(Z.shape[1])[y]
    loss = ((lse - Z) * hot).sum() / len(X)
    dZ = (np.exp(Z - lse) - hot) / len(X)
    dR = pool2d_backward((dZ @ params["V"].T).reshape(P.shape), A, (2, 2), (2, 2), "max")
    _, dw, db = conv2d_backward(dR, X, params["w"])
    return float(loss), {"w": dw, "b": db, "V": F.T @ dZ, "c": dZ.sum(axis=0)}
