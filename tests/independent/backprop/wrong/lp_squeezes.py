"""axes of length 1 are lost

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    s = np.squeeze(logistic(z))
    return s * (1 - s)
