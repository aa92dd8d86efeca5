"""takes zero for wrong whatever the label

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes = np.zeros(len(X), dtype=int)
    for n in rows:
        if y[n] * (X[n] @ w + b) <= 0:
            w, b = w + y[n] * X[n], b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
