"""central differences, which lose the tails

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    z = np.asarray(z, dtype=float)
    return (logistic(z + 1e-4) - logistic(z - 1e-4)) / 2e-4
