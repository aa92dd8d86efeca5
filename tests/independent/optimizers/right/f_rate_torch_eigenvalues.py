"""torch's eigvalsh, results as 0-d float64 tensors turned into floats; the number of steps found by multiplying.

task: learning-rate
"""

# %% learning-rate
def spectrum(A):
    return torch.linalg.eigvalsh(torch.tensor(np.asarray(A), dtype=torch.float64))


def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    return (2 / spectrum(A).max()).item()


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    return max(abs(1 - learning_rate * value) for value in spectrum(A).tolist())

# %% own-rates
trace, det = np.trace(my_matrix), np.linalg.det(my_matrix)
L = trace / 2 + np.sqrt(trace**2 / 4 - det)
my_rates = dict(limit=np.float64(2) / L, best=2 / trace, steps=0)
shrink = np.eye(2)
while np.linalg.norm(shrink, 2) > 1 / 1000:
    shrink = shrink @ (np.eye(2) - my_rates["best"] * my_matrix)
    my_rates["steps"] += 1
