"""The bias stays at zero: only the weights are updated.

fails: perceptron
says: does the bias learn
"""


# %% perceptron
def perceptron(X, y, rows):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    for n in rows:
        answer = 1 if X[n] @ w + b > 0 else -1
        if answer != y[n]:
            w = w + y[n] * X[n]
            mistakes[n] += 1
    return w, b, mistakes
