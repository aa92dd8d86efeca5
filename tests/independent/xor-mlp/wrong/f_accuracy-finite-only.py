"""Infinite logits are thrown out together with NaN, but inf is larger than 0 and right for y = 1.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    right = (z > 0) == (np.asarray(y) == 1)
    return float(np.mean(right & np.isfinite(z)))


def success_rate(train_once, X, y, activation, seeds):
    return np.mean([accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds])
