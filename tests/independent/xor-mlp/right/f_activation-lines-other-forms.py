"""The slopes in other algebraic forms, and the shares by loops.

task: activations
"""

# %% activation-lines
activation_lines = {
    "dr_dz": "1 - step(-z)",
    "dk_dz": "c+(1-c)*dr_dz",
    "dp_dz": "1-(1-s)",
    "dt_dz": "1 - (2*q - 1)**2",
    "dl_dw": "0*(w - x)*y",
}

# %% activations
def active_share(X, W, b):
    shares = []
    for unit, weights in enumerate(np.asarray(W).T):
        on = [1 for row in X if float(row @ weights) + b[unit] > 0]
        shares.append(len(on) / len(X))
    return shares
