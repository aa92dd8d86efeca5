"""for a vector and for a matrix only

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    if np.ndim(z) == 0:
        return float(logistic(z) * (1 - logistic(z)))
    if np.ndim(z) == 1:
        return np.array([logistic_prime(v) for v in z])
    return np.array([[logistic_prime(v) for v in np.ravel(row)] for row in z])
