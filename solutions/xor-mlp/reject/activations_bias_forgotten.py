"""The bias takes no part.

fails: activations
says: does the bias take part
"""


# %% activations
def active_share(X, W, b):
    return np.mean(X @ W > 0, axis=0)
