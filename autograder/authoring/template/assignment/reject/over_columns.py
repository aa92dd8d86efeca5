"""Columns are normalised instead of rows, as batch normalisation does.

fails: layer-norm
says: over columns
"""


# %% layer-norm
def layer_norm(X, gamma, beta, eps=1e-5):
    return gamma * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps) + beta
