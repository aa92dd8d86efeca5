"""A unit counts as on only above 1e-6, so small inputs (X and b of size 1e-7) look dead.

task: activations
"""

# %% activations
def active_share(X, W, b):
    return np.mean(X @ W + b > 1e-6, axis=0)
