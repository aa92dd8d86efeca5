"""A run counts as a success from an accuracy above 0.99: with 200 points one wrong point is let through.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(np.asarray(y) == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    return np.mean([accuracy(X, y, train_once(seed), activation) > 0.99 for seed in seeds])
