"""The mean is taken over the units, one number for each point.

fails: activations
says: shape
tells: The mean is taken over the units instead of the points.
"""


# %% activations
def active_share(X, W, b):
    return np.mean(X @ W + b > 0, axis=1)
