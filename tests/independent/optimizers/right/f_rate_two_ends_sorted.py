"""General eigenvalues by np.linalg.eigvals, sorted by hand; the line dx3_dx as a product of the line above.

task: learning-rate
"""

# %% learning-rate-lines
learning_rate_lines = {
    "dx1_dx": "(1/eta - a)*eta",
    "dx3_dx": "dx1_dx*dx1_dx*dx1_dx",
}

# %% learning-rate
def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    return 2 / sorted(np.linalg.eigvals(A).real.tolist())[-1]


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    ends = sorted(np.linalg.eigvals(A).real.tolist())
    return max(1 - learning_rate * ends[0], learning_rate * ends[-1] - 1)
