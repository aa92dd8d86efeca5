"""Lines in other forms and spacing, the third power multiplied out; singular values and matrix norms in the functions.

task: learning-rate
"""

# %% learning-rate-lines
learning_rate_lines = {}
learning_rate_lines["dx3_dx"] = "1 - 3*a*eta + 3*a**2 * eta**2  -(a*eta) ** 3"
learning_rate_lines["dx1_dx"] = " -a*eta+1 "

# %% learning-rate
def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    return float(2.0 / np.linalg.norm(A, ord=2))


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    return float(np.linalg.norm(np.identity(A.shape[0]) - learning_rate * A, ord=2))
