"""a pre-activation of zero counts half, as np.heaviside can

task: activations
"""

# %% activations
def active_share(X, W, b):
    return np.heaviside(X @ W + b, 0.5).mean(axis=0)
