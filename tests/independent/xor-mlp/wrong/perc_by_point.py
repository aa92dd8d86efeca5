"""counts mistakes by the point's values: duplicates share their count

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b, wrong = np.zeros(X.shape[1]), 0.0, {}
    for n in rows:
        if (1 if X[n] @ w + b > 0 else -1) != y[n]:
            w, b = w + y[n] * X[n], b + y[n]
            wrong[tuple(X[n])] = wrong.get(tuple(X[n]), 0) + 1
    return w, b, np.array([wrong.get(tuple(row), 0) for row in X])
