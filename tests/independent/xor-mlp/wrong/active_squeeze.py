"""a single unit gives a number and not an array of shape (1,)

task: activations
"""

# %% activations
def active_share(X, W, b):
    return np.squeeze(np.mean(X @ W + b > 0, axis=0))
