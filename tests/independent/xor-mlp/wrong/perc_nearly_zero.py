"""takes a pre-activation below 1e-3 for zero

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes = np.zeros(len(X), dtype=int)
    for n in rows:
        if (1 if X[n] @ w + b > 1e-3 else -1) != y[n]:
            w, b = w + y[n] * X[n], b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
