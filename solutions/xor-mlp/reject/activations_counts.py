"""It counts the points, and does not divide by how many there are.

fails: activations
says: mean
tells: It counts the points; the share is that number divided by N.
"""


# %% activations
def active_share(X, W, b):
    return np.sum(X @ W + b > 0, axis=0)
