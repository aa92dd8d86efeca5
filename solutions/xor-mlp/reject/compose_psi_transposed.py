"""Psi has a row for each unit of the second layer; here it has a row for each of the first.

fails: compose
says: transpose
tells: Psi is transposed: its rows belong to the first network's units.
"""


# %% compose
def collapse(weights, biases):
    W, b = weights[0], biases[0]
    for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
        W, b = W @ next_W, b @ next_W + next_b
    return W, b


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, np.outer(theta1, phi)
