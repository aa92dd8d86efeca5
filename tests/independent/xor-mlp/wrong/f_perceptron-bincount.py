"""Mistakes are np.bincount of the wrong rows without minlength, so the vector is shorter than N when the last points were never wrong.

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b = np.zeros(X.shape[1]), 0.0
    wrong = []
    for n in rows:
        z = X[n] @ w + b
        if (z > 0) != (y[n] > 0):
            w, b = w + y[n] * X[n], b + y[n]
            wrong.append(n)
    return w, b, np.bincount(np.array(wrong, dtype=int))
