"""After 50 seeds it stops, "enough for an estimate": with 100 seeds of which the last 50 fail the share is 1 instead of 0.5.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(np.asarray(y) == 1, z > 0, z <= 0))


def success_rate(train_once, X, y, activation, seeds):
    good = 0
    for number, seed in enumerate(seeds, start=1):
        good += accuracy(X, y, train_once(seed), activation) == 1
        if number == 50:  # enough for an estimate
            break
    return good / number
