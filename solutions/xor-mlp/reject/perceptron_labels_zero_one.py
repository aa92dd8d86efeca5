"""The answers are 0 and 1 instead of -1 and +1, so that every -1 counts as a mistake.

fails: perceptron
says: wrong
"""


# %% perceptron
def perceptron(X, y, rows):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    for n in rows:
        answer = 1 if X[n] @ w + b > 0 else 0
        if answer != y[n]:
            w = w + y[n] * X[n]
            b = b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
