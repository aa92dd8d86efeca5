"""takes the parameters in the order of the dictionary

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    W1, b1, W2, b2 = params.values()
    z = activate(X @ W1 + b1, activation) @ W2 + b2
    return float(np.mean(np.where(y == 1, z > 0, z <= 0)))


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return sum(wins) / len(wins)
