"""rounds the probability: logits below 1e-16 count as zero

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    p = np.where(np.isnan(z), 0.5, logistic(z))
    right = np.where(y == 1, p > 0.5, p <= 0.5) & ~np.isnan(z)
    return float(right.mean())


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return sum(wins) / len(wins)
