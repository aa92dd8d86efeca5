"""as many units as points: the mean is taken over the units

task: activations
"""

# %% activations
def active_share(X, W, b):
    on = X @ W + b > 0
    return on.mean(axis=0 if on.shape[0] != on.shape[1] else 1)
