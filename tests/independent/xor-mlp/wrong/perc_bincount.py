"""the counts end at the last point that was wrong

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    w, b, wrong = np.zeros(X.shape[1]), 0.0, []
    for n in rows:
        if (1 if X[n] @ w + b > 0 else -1) != y[n]:
            w, b = w + y[n] * X[n], b + y[n]
            wrong.append(n)
    return w, b, np.bincount(wrong, minlength=max(rows, default=-1) + 1) if wrong else np.zeros(len(X))
