"""The sign of a pre-activation of zero is taken for an answer of 0, which is wrong for every label.

fails: perceptron
says: wrong
"""


# %% perceptron
def perceptron(X, y, rows):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    for n in rows:
        answer = np.sign(X[n] @ w + b)
        if answer != y[n]:
            w = w + y[n] * X[n]
            b = b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
