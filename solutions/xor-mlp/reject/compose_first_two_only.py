"""Only the first two layers are put together.

fails: compose
says: shape
tells: Only two layers are put together, however many there are.
"""


# %% compose
def collapse(weights, biases):
    W, b = weights[0], biases[0]
    for next_W, next_b in zip(weights[1:2], biases[1:2], strict=True):
        W, b = W @ next_W, b @ next_W + next_b
    return W, b


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, np.outer(phi, theta1)
