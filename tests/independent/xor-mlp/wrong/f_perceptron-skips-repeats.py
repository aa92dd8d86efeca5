"""It skips a row number equal to the one before ("just corrected"), but one update need not be enough: the same point looked at twice in a row may be wrong twice.

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w = np.zeros(X.shape[1])
    b = 0.0
    mistakes = np.zeros(len(X), dtype=int)
    before = None
    for n in rows:
        if n == before:
            continue  # it has just been put right
        before = n
        answer = 1 if np.dot(X[n], w) + b > 0 else -1
        if answer != y[n]:
            w = w + y[n] * X[n]
            b += y[n]
            mistakes[n] += 1
    return w, b, mistakes
