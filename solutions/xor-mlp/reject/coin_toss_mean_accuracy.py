"""It returns the mean accuracy; a run with three of four right is no success.

fails: coin-toss
says: success rate
"""


# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(y == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) for seed in seeds]
    return np.mean(wins)
