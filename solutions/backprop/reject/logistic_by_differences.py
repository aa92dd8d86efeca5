"""A central difference in place of the derivative: far to the right it is only rounding.

fails: logistic-derivative
says: right far out
tells: Far to the right a difference of two values is only rounding: use a formula for the slope.
"""


# %% logistic-derivative
def logistic_prime(z):
    h = 1e-5
    return (logistic(z + h) - logistic(z - h)) / (2 * h)
