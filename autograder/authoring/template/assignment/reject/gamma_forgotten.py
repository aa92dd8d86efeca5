"""The learned scale is missing.

fails: layer-norm
says: is gamma missing
"""


# %% layer-norm
def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - X.mean(axis=1, keepdims=True)
    return centred / np.sqrt(X.var(axis=1, keepdims=True) + eps) + beta
