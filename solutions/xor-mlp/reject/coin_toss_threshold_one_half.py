"""The logits are compared with ½, as if they were probabilities.

fails: coin-toss
says: wrong
"""


# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(y == 1, z > 0.5, z <= 0.5))


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return np.mean(wins)
