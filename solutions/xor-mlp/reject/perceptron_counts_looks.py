"""`mistakes` counts how often each point was looked at, right answers too.

fails: perceptron
says: mistakes is wrong
tells: `mistakes` counts how often each point was looked at, right answers too.
"""


# %% perceptron
def perceptron(X, y, rows):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    for n in rows:
        mistakes[n] += 1
        answer = 1 if X[n] @ w + b > 0 else -1
        if answer != y[n]:
            w = w + y[n] * X[n]
            b = b + y[n]
    return w, b, mistakes
