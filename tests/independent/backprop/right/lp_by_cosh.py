"""one quarter over cosh squared; overflow goes to the right side

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    with np.errstate(over="ignore"):
        return 0.25 / np.cosh(np.asarray(z, dtype=np.float64) / 2) ** 2
