"""The prediction is made with the starting weights, as the notes print it, so that the rule never
notices what it has learnt.

fails: perceptron
says: starting weights
"""


# %% perceptron
def perceptron(X, y, rows):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    w0, b0 = w, b
    for n in rows:
        answer = 1 if X[n] @ w0 + b0 > 0 else -1
        if answer != y[n]:
            w = w + y[n] * X[n]
            b = b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
