"""Writes -|z| into the caller's array ("functions leave their arguments as they are"): after the call z = [1., 2.] is [-1., -2.].

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    z = np.asarray(z, dtype=np.float64)
    np.abs(z, out=z)
    np.negative(z, out=z)
    e = np.exp(z)
    return e / (1 + e) ** 2
