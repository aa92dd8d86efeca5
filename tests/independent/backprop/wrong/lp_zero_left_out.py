"""two branches, and none of them for exactly 0

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    z = np.asarray(z, dtype=np.float64)
    out = np.zeros(z.shape)
    out[z > 0] = np.exp(-z[z > 0]) / (1 + np.exp(-z[z > 0])) ** 2
    out[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0])) ** 2
    return out
