"""the largest logit of the whole batch is subtracted, not that of each row, so that a row whose logits are 1000 smaller gives 0/0

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
    E = np.exp(Z - Z.max())
    S = E / E.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(E.sum(axis=1)) + Z.max() - Z[np.arange(N), y])
    dZ = S.copy()
    dZ[np.arange(N), y] -= 1
    dZ /= N

    dF = dZ @ V.T
    dR = pool2d_backward(dF.reshape(P.shape), R, (2, 2), (2, 2), "max")
    _, dw, db = conv2d_backward(dR * (A > 0), X, w)
    return float(loss), {"w": dw, "b": db, "V": F.T @ dZ, "c": dZ.sum(axis=0)}
