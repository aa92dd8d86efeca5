"""np.select gives 1, 0 or -1 for NaN, which equals no label; success is the minimum over the points, in torch.

task: coin-toss
"""

# %% coin-toss
def _said(X, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.select([z > 0, z <= 0], [1, 0], default=-1)


def accuracy(X, y, params, activation):
    return np.count_nonzero(_said(X, params, activation) == y) / np.size(y)


def success_rate(train_once, X, y, activation, seeds):
    outcomes = [bool(np.all(_said(X, train_once(seed), activation) == y)) for seed in seeds]
    return torch.tensor(outcomes, dtype=torch.float64).mean()
