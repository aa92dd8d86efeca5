"""all gradients are clipped to between -10 and 10, which nobody asked for: wrong for images with values of 100

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
    loss = -np.mean(logs[np.arange(N), y])
    dZ = (np.exp(logs) - np.eye(len(c))[y]) / N

    dF = dZ @ V.T
    dR = pool2d_backward(dF.reshape(P.shape), R, (2, 2), (2, 2), "max")
    _, dw, db = conv2d_backward(dR * (A > 0), X, w)
    grads = {"w": dw, "b": db, "V": F.T @ dZ, "c": dZ.sum(axis=0)}
    # against exploding gradients
    return float(loss), {name: np.clip(grad, -10, 10) for name, grad in grads.items()}
