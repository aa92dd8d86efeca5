"""eps is added to the root instead of under it.

fails: layer-norm
says: outside the square root
"""


# %% layer-norm
def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - X.mean(axis=1, keepdims=True)
    return gamma * centred / (X.std(axis=1, keepdims=True) + eps) + beta
