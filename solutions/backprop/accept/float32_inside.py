"""float32 on the inside of the task whose contract allows it."""


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = (np.asarray(v, dtype=np.float32) for v in (X, Y, W1, b1, W2, b2))
    hidden = (1 / (1 + np.exp(-(X @ W1 + b1)))).astype(np.float32)
    delta = (hidden @ W2 + b2 - Y) / np.float32(len(X))
    s = (delta @ W2.T) * hidden * (1 - hidden)
    return {"W1": X.T @ s, "b1": s.sum(axis=0), "W2": hidden.T @ delta, "b2": delta.sum(axis=0)}
