"""The slope is written with exp(z), which overflows for large z.

fails: logistic-derivative
says: nan
"""


# %% logistic-derivative
def logistic_prime(z):
    return np.exp(z) / (1 + np.exp(z)) ** 2
