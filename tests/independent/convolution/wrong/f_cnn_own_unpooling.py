"""pool2d_backward is not called; its place is taken by a comparison with the repeated maxima, which fails where the convolution has an odd number of rows or columns

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
    up = np.ones((1, 1, 2, 2))
    dR = np.kron(dF.reshape(P.shape), up) * (np.kron(P, up) == R)
    _, dw, db = conv2d_backward(dR * (A > 0), X, w)
    return float(loss), {"w": dw, "b": db, "V": F.T @ dZ, "c": dZ.sum(axis=0)}
