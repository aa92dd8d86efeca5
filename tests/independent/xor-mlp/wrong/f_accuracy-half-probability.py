"""It asks if p > 0.5: for a logit of 1e-17, which is larger than 0, p rounds to 0.5 and the answer is class 0.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    p = logistic(z)
    return np.mean(np.where(y == 1, p > 0.5, p <= 0.5))


def success_rate(train_once, X, y, activation, seeds):
    return np.mean([accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds])
