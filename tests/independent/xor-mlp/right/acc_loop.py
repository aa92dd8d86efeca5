"""point by point, and a generator of seeds is read once

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    right = 0
    for row, label in zip(X, y):
        z = float(activate(row @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"])
        right += (z > 0) if label == 1 else (z <= 0)
    return torch.tensor(right / len(X))


def success_rate(train_once, X, y, activation, seeds):
    done = won = 0
    for seed in seeds:
        done += 1
        won += float(accuracy(X, y, train_once(seed), activation)) > 1 - 1 / (2 * len(X))
    return won / done
