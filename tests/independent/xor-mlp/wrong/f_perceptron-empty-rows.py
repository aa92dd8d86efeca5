"""It returns the last entry of a history that the loop fills, and raises IndexError for rows = [], although rows may have any length.

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes = np.zeros(len(X), dtype=int)
    history = []
    for n in rows:
        if (1 if X[n] @ w + b > 0 else -1) != y[n]:
            w, b = w + y[n] * X[n], b + y[n]
            mistakes[n] += 1
        history.append((w, b))
    w, b = history[-1]
    return w, b, mistakes
