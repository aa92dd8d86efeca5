"""counts in loops

task: activations
"""

# %% activations
def active_share(X, W, b):
    shares = torch.zeros(len(b), dtype=torch.float64)
    for h in range(len(b)):
        shares[h] = sum(1 for row in X if row @ W[:, h] + b[h] > 0) / len(X)
    return shares
