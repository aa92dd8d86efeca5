"""It says 1 for a unit that is on at some point and 0 for a dead one, not how often it is on.

fails: activations
says: wrong
tells: It says only whether a unit is ever on, not on what share of the points.
"""


# %% activations
def active_share(X, W, b):
    return np.any(X @ W + b > 0, axis=0).astype(float)
