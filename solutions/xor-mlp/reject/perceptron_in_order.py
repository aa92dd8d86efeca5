"""It goes through the points from the first to the last, and ignores `rows`.

fails: perceptron
says: wrong
"""


# %% perceptron
def perceptron(X, y, rows):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    for n in range(len(X)):
        answer = 1 if X[n] @ w + b > 0 else -1
        if answer != y[n]:
            w = w + y[n] * X[n]
            b = b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
