"""only z > 0 is looked at: NaN is right for class 0

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return float(np.mean((z > 0) == (y > 0.5))) if not np.isnan(z).all() else 0.0


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return sum(wins) / len(wins)
