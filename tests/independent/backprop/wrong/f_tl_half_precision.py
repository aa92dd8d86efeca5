"""Computes in float16, the text allows float32 or float64: relative errors near 1e-3 instead of 1e-4 for any input.

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = (np.asarray(v, dtype=np.float16) for v in (X, Y, W1, b1, W2, b2))
    one = np.float16(1)
    H = one / (one + np.exp(-(X @ W1 + b1)))
    delta = (H @ W2 + b2 - Y) / np.float16(len(X))
    S = delta @ W2.T * H * (one - H)
    grads = {"W1": X.T @ S, "b1": S.sum(axis=0), "W2": H.T @ delta, "b2": delta.sum(axis=0)}
    return {name: g.astype(np.float64) for name, g in grads.items()}
