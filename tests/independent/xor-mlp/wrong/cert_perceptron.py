"""asks the perceptron for a line, 1000 looks

task: certificate
"""

# %% certificate
def certificate(X, y):
    w, b = np.zeros(2), 0.0
    for n in range(1000):
        n = n % 4
        if y[n] * (X[n] @ w + b) <= 0:
            w, b = w + y[n] * X[n], b + y[n]
    if np.all(y * (X @ w + b) > 0):
        return None
    A = np.vstack([y * X[:, 0], y * X[:, 1], y])
    lam = np.linalg.svd(A)[2][3]
    if lam.sum() < 0:
        lam = -lam
    lam = np.maximum(lam, 0)
    return lam / lam.sum()
