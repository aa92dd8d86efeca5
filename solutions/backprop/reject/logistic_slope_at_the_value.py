"""The slope is evaluated at the value of the function instead of at z.

fails: logistic-derivative
says: is σ′ taken at σ(z) instead of at z?
"""


# %% logistic-derivative
def logistic_prime(z):
    s = logistic(logistic(z))
    return s * (1 - s)
