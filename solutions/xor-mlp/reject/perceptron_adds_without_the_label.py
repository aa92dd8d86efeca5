"""A point that was wrong is added, whatever its label is.

fails: perceptron
says: wrong
"""


# %% perceptron
def perceptron(X, y, rows):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    for n in rows:
        answer = 1 if X[n] @ w + b > 0 else -1
        if answer != y[n]:
            w = w + X[n]
            b = b + 1
            mistakes[n] += 1
    return w, b, mistakes
