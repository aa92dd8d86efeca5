"""It keeps weights and bias in one vector over rows with a 1 at the end, and multiplies the labels in first.

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    X, y = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    Z = np.hstack([X, np.ones((X.shape[0], 1))])
    theta = np.zeros(Z.shape[1])
    mistakes = np.zeros(X.shape[0], dtype=np.int64)
    for n in map(int, rows):
        if bool(Z[n] @ theta > 0) is not bool(y[n] > 0):
            theta += y[n] * Z[n]
            mistakes[n] += 1
    *_, b = theta
    return theta[:-1].copy(), float(b), mistakes
