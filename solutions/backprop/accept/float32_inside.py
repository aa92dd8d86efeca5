"""float32 on the inside of the tasks whose contracts allow it."""


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = (np.asarray(v, dtype=np.float32) for v in (X, Y, W1, b1, W2, b2))
    hidden = (1 / (1 + np.exp(-(X @ W1 + b1)))).astype(np.float32)
    delta = (hidden @ W2 + b2 - Y) / np.float32(len(X))
    s = (delta @ W2.T) * hidden * (1 - hidden)
    return {"W1": X.T @ s, "b1": s.sum(axis=0), "W2": hidden.T @ delta, "b2": delta.sum(axis=0)}


# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    w0, w1, w2 = leaves = [torch.tensor(w, requires_grad=True) for w in (w0, w1, w2)]
    x, y = torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)
    h1 = torch.sigmoid(w0 * x)
    loss = torch.mean((w2 * (torch.sigmoid(w1 * h1) + h1) - y) ** 2)
    return dict(zip(("w0", "w1", "w2"), torch.autograd.grad(loss, leaves), strict=True))
