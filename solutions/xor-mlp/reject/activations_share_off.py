"""It returns the share of the points on which each unit is off.

fails: activations
says: is off
"""


# %% activations
def active_share(X, W, b):
    return np.mean(X @ W + b <= 0, axis=0)
