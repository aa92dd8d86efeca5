"""Flattens in memory order and reshapes in C order, so transposed (Fortran-ordered) arrays of 2 or more dimensions come back scrambled: z = np.arange(6.).reshape(3, 2).T.

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    z = np.asarray(z, dtype=np.float64)
    flat = z.ravel(order="K")
    slope = np.empty(flat.shape)
    positive = flat >= 0
    e = np.exp(-flat[positive])
    slope[positive] = e / (1 + e) ** 2
    e = np.exp(flat[~positive])
    slope[~positive] = e / (1 + e) ** 2
    return slope.reshape(z.shape)
