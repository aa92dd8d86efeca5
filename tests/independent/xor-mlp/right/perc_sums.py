"""the weights are sums over the mistakes so far, and a list comes back

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    m = np.zeros(len(X))
    for n in rows:
        w, b = (m * y) @ X, (m * y).sum()
        if (X[n] @ w + b > 0) != (y[n] > 0):
            m[n] += 1
    return torch.tensor((m * y) @ X), (m * y).sum(), m
