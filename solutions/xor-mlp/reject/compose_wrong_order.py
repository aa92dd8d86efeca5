"""The weights are multiplied in the opposite order, and transposed to make it fit.

fails: compose
says: wrong
"""


# %% compose
def collapse(weights, biases):
    W, b = weights[0], biases[0]
    for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
        W, b = (next_W.T @ W.T).T[::-1], b @ next_W + next_b
    return W, b


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, np.outer(phi, theta1)
