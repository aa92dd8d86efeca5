"""The result is right, but it is written over X.

fails: layer-norm
says: changes its argument
"""


# %% layer-norm
def layer_norm(X, gamma, beta, eps=1e-5):
    X -= X.mean(axis=1, keepdims=True)
    X /= np.sqrt((X**2).mean(axis=1, keepdims=True) + eps)
    X *= gamma
    X += beta
    return X
