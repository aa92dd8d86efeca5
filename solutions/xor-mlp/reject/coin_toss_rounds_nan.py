"""The accuracy comes from rounding, and a NaN that is rounded counts as class 0.

fails: coin-toss
says: NaN
tells: A NaN counts as class 0: it is right for nobody.
"""


# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.nan_to_num(np.round(logistic(z))) == y)


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return np.mean(wins)
