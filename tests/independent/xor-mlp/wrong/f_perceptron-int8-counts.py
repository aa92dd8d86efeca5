"""The counts are int8: with more than 127 mistakes at one point the count wraps around and becomes negative.

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    N, D = X.shape
    w, b = np.zeros(D), 0.0
    mistakes = np.zeros(N, dtype=np.int8)  # small counts
    for n in rows:
        if np.where(X[n] @ w + b > 0, 1, -1) != y[n]:
            w = w + y[n] * X[n]
            b = b + float(y[n])
            mistakes[n] += 1
    return w, b, mistakes
