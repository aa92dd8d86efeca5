"""Loops over the samples with outer products and adds up.

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    total = {n: np.zeros(np.shape(p)) for n, p in zip(("W1", "b1", "W2", "b2"), (W1, b1, W2, b2))}
    for x, y in zip(X, Y):
        h = logistic(b1 + x.dot(W1))
        delta = b2 + h.dot(W2) - y
        s = (W2 * delta).sum(axis=1) * (h - h**2)
        total["W2"] += np.multiply.outer(h, delta)
        total["b2"] += delta
        total["W1"] += np.multiply.outer(x, s)
        total["b1"] += s
    return {n: g / len(X) for n, g in total.items()}
