"""on means above 1e-5

task: activations
"""

# %% activations
def active_share(X, W, b):
    return (X @ W + b > 1e-5).sum(axis=0) / len(X)
