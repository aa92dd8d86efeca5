"""stops as soon as a look at all points in a row brought no mistake

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes = np.zeros(len(X), dtype=int)
    quiet = 0
    for n in rows:
        quiet += 1
        if quiet > len(X):
            break
        if (1 if X[n] @ w + b > 0 else -1) != y[n]:
            w, b = w + y[n] * X[n], b + y[n]
            mistakes[n] += 1
            quiet = 0
    return w, b, mistakes
