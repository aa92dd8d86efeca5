"""Points with NaN are left out of the mean, as if they were not there.

fails: coin-toss
says: NaN
tells: Points with NaN are left out of the mean; they count as wrong.
"""


# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    here = ~np.isnan(z)
    return np.mean(((z > 0) == (y == 1))[here]) if here.any() else 0.0


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return np.mean(wins)
