"""train_once is called a second time for runs that look successful, "to be sure": not once for each seed.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(np.asarray(y) == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    successes = 0
    for seed in seeds:
        if accuracy(X, y, train_once(seed), activation) == 1:
            successes += accuracy(X, y, train_once(seed), activation) == 1
    return successes / len(seeds)
