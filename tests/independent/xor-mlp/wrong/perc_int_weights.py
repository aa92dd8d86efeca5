"""the weights have the type of the labels: whole numbers cut the points

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b = np.zeros(X.shape[1]), 0
    mistakes = np.zeros(len(X), dtype=int)
    for n in rows:
        if (1 if X[n] @ w + b > 0 else -1) != y[n]:
            w, b = np.round(w + y[n] * X[n], 3), b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
