"""It returns the mean accuracy over the seeds, so a run with three of four points right counts as three quarters.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(np.asarray(y) == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    return float(np.mean([accuracy(X, y, train_once(seed), activation) for seed in seeds]))
