"""z is clipped to ±20

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    s = logistic(np.clip(z, -20, 20))
    return s * (1 - s)
