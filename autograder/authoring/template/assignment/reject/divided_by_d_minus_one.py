"""The variance divides by D - 1.

fails: layer-norm
says: divided by D - 1
"""


# %% layer-norm
def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - X.mean(axis=1, keepdims=True)
    return gamma * centred / np.sqrt(X.var(axis=1, keepdims=True, ddof=1) + eps) + beta
