"""One NaN logit makes the accuracy 0, although only that point is wrong and the others may be right.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    if np.isnan(z).any():
        return 0.0
    return np.mean((z > 0) == (y == 1))


def success_rate(train_once, X, y, activation, seeds):
    return np.mean([accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds])
