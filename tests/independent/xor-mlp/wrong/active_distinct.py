"""points that occur twice count once

task: activations
"""

# %% activations
def active_share(X, W, b):
    X = np.unique(X, axis=0)
    return (X @ W + b > 0).mean(axis=0)
