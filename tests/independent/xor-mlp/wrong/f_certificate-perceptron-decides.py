"""It runs the perceptron for 100 rounds and, if that has not converged, takes the absolute values of the null vector: separable points with a narrow gap get a false certificate.

task: certificate
"""

# %% certificate
def certificate(X, y):
    Z = np.column_stack([X, np.ones(4)]) * np.asarray(y)[:, None]
    u = np.zeros(3)
    for _ in range(100):
        mistakes = 0
        for row in Z:
            if row @ u <= 0:
                u = u + row
                mistakes += 1
        if mistakes == 0:
            return None  # found a line
    lam = np.abs(np.linalg.svd(Z.T)[2][-1])
    return lam / lam.sum()
