"""at most three layers

task: compose
"""

# %% compose
def collapse(weights, biases):
    if len(weights) == 1:
        return weights[0].copy(), biases[0].copy()
    W = weights[0] @ weights[1]
    b = biases[0] @ weights[1] + biases[1]
    if len(weights) > 2:
        W, b = W @ weights[2], b @ weights[2] + biases[2]
    return W, b


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, phi[:, None] * theta1[None, :]
