"""The weights are changed after every point, after right answers too.

fails: perceptron
says: after right answers
"""


# %% perceptron
def perceptron(X, y, rows):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    for n in rows:
        w = w + y[n] * X[n]
        b = b + y[n]
        mistakes[n] += 1
    return w, b, mistakes
