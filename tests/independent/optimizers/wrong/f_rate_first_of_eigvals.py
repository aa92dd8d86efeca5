"""Takes the first of np.linalg.eigvals for the largest eigenvalue, but they are not sorted: diag(1, 10) gives 2 instead of 0.2.

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    largest = np.linalg.eigvals(A)[0]
    return float(2 / largest)


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
