"""Success is judged at the notebook's CORNERS and not at the X that is given.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(np.asarray(y) == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    rates = []
    for seed in seeds:
        params = train_once(seed)
        z = activate(CORNERS @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
        rates.append(np.all(np.where(np.asarray(y) == 1, z > 0, z <= 0)))
    return np.mean(rates)
