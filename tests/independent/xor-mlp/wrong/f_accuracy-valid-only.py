"""The share is taken of the points whose logit is a number, and not of all points.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    valid = ~np.isnan(z)
    if not valid.any():
        return 0.0
    return float(np.mean((z[valid] > 0) == (np.asarray(y)[valid] == 1)))


def success_rate(train_once, X, y, activation, seeds):
    return np.mean([accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds])
