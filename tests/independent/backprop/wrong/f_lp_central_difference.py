"""Central difference of logistic instead of the derivative: in the tails rounding is left over, at z = 20 the relative error is about 1e-3 instead of 1e-7.

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    z = np.asarray(z, dtype=np.float64)
    h = 1e-5
    return (logistic(z + h) - logistic(z - h)) / (2 * h)
