"""transposes the data only where they do not fit: wrong for N = D

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    def product(a, b):
        return a @ b if a.shape[1] == b.shape[0] else a.T @ b

    h = logistic(X @ W1 + b1)
    back = (h @ W2 + b2 - Y) / len(X)
    s = np.einsum("nk,hk->nh", back, W2) * h * (1 - h)
    return {"W1": product(X, s), "b1": s.sum(0), "W2": product(h, back), "b2": back.sum(0)}
