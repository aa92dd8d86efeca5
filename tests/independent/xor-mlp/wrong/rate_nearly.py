"""an accuracy of 0.95 is success enough

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    """Return the share of the points that a network gets right: z > 0 for y = 1, z <= 0 for y = 0.

    X: (N, D); y: (N,), each 0 or 1; params: as in task 9; activation: a name that `activate` knows.
    A point with the logit NaN is never right.
    """
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(y == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    return np.mean([accuracy(X, y, train_once(seed), activation) >= 0.95 for seed in seeds])
