"""logits are squeezed, so that a batch of one image fails

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
    Z = np.squeeze(F[:, None, :] @ V) + c
    Z = Z - Z.max(axis=-1, keepdims=True)
    S = np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)
    loss = np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(N), y])
    S[np.arange(N), y] -= 1
    dZ = S / N

    dF = dZ @ V.T
    dR = pool2d_backward(dF.reshape(P.shape), R, (2, 2), (2, 2), "max")
    _, dw, db = conv2d_backward(dR * (A > 0), X, w)
    return float(loss), {"w": dw, "b": db, "V": F.T @ dZ, "c": dZ.sum(axis=0)}
