"""It returns how many runs succeed, not their share.

fails: coin-toss
says: wrong
tells: It returns how many runs succeed, not their share.
"""


# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(y == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return np.sum(wins)
