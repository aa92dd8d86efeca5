"""a single number comes back as an array of one

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    z = np.atleast_1d(np.asarray(z, dtype=np.float64))
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2
