"""The slope is written with exp(z), which overflows for large z.

fails: logistic-derivative
says: nan
tells: For large z the result is nan: does exp(z) overflow?
"""


# %% logistic-derivative
def logistic_prime(z):
    return np.exp(z) / (1 + np.exp(z)) ** 2
