"""w begins as a view of the first point times zero

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b = np.zeros(2), 0.0
    mistakes = np.zeros(len(X), dtype=int)
    for n in rows:
        if (1 if X[n] @ w + b > 0 else -1) != y[n]:
            w, b = w + y[n] * X[n], b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
