"""Maximum of the signed factors, without the absolute value: too small, even negative, for rates above the best one.

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    return 2 / np.linalg.eigvalsh(A)[-1]


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    factors = 1 - learning_rate * np.linalg.eigvalsh(A)
    return float(factors.max())
