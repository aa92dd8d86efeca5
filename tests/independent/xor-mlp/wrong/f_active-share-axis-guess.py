"""It looks for the axis of the units by its length: with as many points as units it averages over the units instead of the points.

task: activations
"""

# %% activations
def active_share(X, W, b):
    on = X @ W + b > 0
    units = on.shape.index(len(b))
    return on.mean(axis=1 - units)
