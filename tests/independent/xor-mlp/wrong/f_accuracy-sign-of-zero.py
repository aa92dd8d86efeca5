"""np.sign(z) is compared with ±1, so a logit of exactly 0, which is right for y = 0, is right for nobody.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return float(np.mean(np.sign(z) == 2 * np.asarray(y) - 1))


def success_rate(train_once, X, y, activation, seeds):
    return np.mean([accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds])
