"""NaN is left out of the mean

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    known = ~np.isnan(z)
    return float(np.mean((z[known] > 0) == (y[known] == 1))) if known.any() else 0.0


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return sum(wins) / len(wins)
