"""Psi holds φ alone: the second network's slopes θ′1 are forgotten.

fails: compose
says: is θ′ missing
"""


# %% compose
def collapse(weights, biases):
    W, b = weights[0], biases[0]
    for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
        W, b = W @ next_W, b @ next_W + next_b
    return W, b


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, np.outer(phi, np.ones(len(theta1)))
