"""A Python float comes back as an array of shape (1,) ("the result has the same shape"): logistic_prime(0.5).shape == (1,).

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    z = np.atleast_1d(np.asarray(z, dtype=np.float64))
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2
