"""Writes the slope as 1/(2 cosh(z/2))**2, where cosh overflows to inf far out and the result is 0 as it should be.

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    with np.errstate(over="ignore"):
        return (2.0 * np.cosh(np.asarray(z, dtype=np.float64) / 2)) ** -2
