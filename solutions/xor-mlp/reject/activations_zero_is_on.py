"""A unit whose pre-activation is exactly 0 is counted as on.

fails: activations
says: wrong
tells: At exactly 0 a ReLU is off.
"""


# %% activations
def active_share(X, W, b):
    return np.mean(X @ W + b >= 0, axis=0)
