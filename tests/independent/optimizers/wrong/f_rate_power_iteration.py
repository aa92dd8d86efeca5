"""Finds L by power iteration from a vector of ones: wrong where that is orthogonal to the steepest direction, as for [[2, -1], [-1, 2]] (2 instead of 2/3).

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    v = np.ones(len(A))
    for _ in range(500):
        v = A @ v
        v = v / np.linalg.norm(v)
    return 2 / float(v @ A @ v)


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
