"""Point by point in Python, success by all(...) over a generator, the seeds taken one at a time from an iterator.

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    right = 0
    for x, label in zip(X, y):
        h = activate(x @ np.asarray(params["W1"]) + np.asarray(params["b1"]), activation)
        z = float(h @ np.asarray(params["W2"]) + float(params["b2"]))
        if z != z:
            continue
        right += int((z > 0) if label == 1 else (z <= 0))
    return right / len(y)


def success_rate(train_once, X, y, activation, seeds):
    total = good = 0
    for seed in iter(seeds):
        total += 1
        if accuracy(X, y, train_once(seed), activation) == 1.0:
            good += 1
    return good / total
