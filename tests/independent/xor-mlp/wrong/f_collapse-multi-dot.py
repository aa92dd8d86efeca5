"""np.linalg.multi_dot needs at least two arrays: a single layer, which L >= 1 allows, raises.

task: compose
"""

# %% compose
def collapse(weights, biases):
    b = biases[0]
    for W, bias in zip(weights[1:], biases[1:]):
        b = b @ W + bias
    return np.linalg.multi_dot(weights), b


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, np.outer(phi, theta1)
