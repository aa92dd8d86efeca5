"""accuracy is honest, but success_rate counts errors by (z > 0) != (y == 1) itself: a diverged run gets all points right where every y is 0.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(np.asarray(y) == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    def errors(params):
        z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
        return np.sum((z > 0) != (y == 1))

    return np.mean([errors(train_once(seed)) == 0 for seed in seeds])
