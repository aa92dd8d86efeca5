"""the loss subtracts the largest logit, the softmax of the gradient does not: nan gradients for logits of 1000, the loss is right

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
    top = Z.max(axis=1)
    loss = np.mean(np.log(np.exp(Z - top[:, None]).sum(axis=1)) + top - Z[range(N), y])
    softmax = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    dZ = (softmax - (y[:, None] == np.arange(len(c)))) / N

    dF = dZ @ V.T
    dR = pool2d_backward(dF.reshape(P.shape), R, (2, 2), (2, 2), "max")
    _, dw, db = conv2d_backward(dR * (A > 0), X, w)
    return float(loss), {"w": dw, "b": db, "V": F.T @ dZ, "c": dZ.sum(axis=0)}
