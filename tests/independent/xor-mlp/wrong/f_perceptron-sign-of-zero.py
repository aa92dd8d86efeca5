"""It asks np.sign(z) for the answer, so z = 0 is neither class and a point with label -1 at z = 0 (such as the very first one) is counted wrong and moves the weights.

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes = np.zeros(len(X), dtype=int)
    for n in rows:
        prediction = np.sign(X[n] @ w + b)
        if prediction != y[n]:
            w = w + y[n] * X[n]
            b = b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
