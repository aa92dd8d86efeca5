"""rounds to two digits, as a percentage

task: activations
"""

# %% activations
def active_share(X, W, b):
    return np.round((X @ W + b > 0).mean(axis=0), 2)
