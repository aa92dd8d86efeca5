"""The counter is a default argument, a dictionary made once: the second call in the same session goes on counting from the mistakes of the first.

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows, counter={}):
    w, b = np.zeros(X.shape[1]), 0.0
    for n in rows:
        n = int(n)
        if (1 if X[n] @ w + b > 0 else -1) != y[n]:
            w, b = w + y[n] * X[n], b + y[n]
            counter[n] = counter.get(n, 0) + 1
    return w, b, np.array([counter.get(n, 0) for n in range(len(X))])
