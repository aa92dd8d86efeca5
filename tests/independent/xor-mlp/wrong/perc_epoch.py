"""looks at each row number once, however often it occurs

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes = np.zeros(len(X), dtype=int)
    for n in dict.fromkeys(np.asarray(rows).tolist()):
        if (1 if X[n] @ w + b > 0 else -1) != y[n]:
            w, b = w + y[n] * X[n], b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
