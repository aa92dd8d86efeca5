"""a share with two digits

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return float(np.mean(((z > 0) & (y == 1)) | ((z <= 0) & (y == 0))))


def success_rate(train_once, X, y, activation, seeds):
    return round(sum(accuracy(X, y, train_once(s), activation) == 1 for s in seeds) / len(list(seeds)), 2)
