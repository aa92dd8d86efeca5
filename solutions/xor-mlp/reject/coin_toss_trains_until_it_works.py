"""It trains again with another seed until it works.

fails: coin-toss
says: seeds
tells: It trains more than once for a seed.
"""


# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(y == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    wins = 0
    for seed in seeds:
        wins += any(accuracy(X, y, train_once(s), activation) == 1 for s in (seed, seed + 1))
    return wins / len(seeds)
