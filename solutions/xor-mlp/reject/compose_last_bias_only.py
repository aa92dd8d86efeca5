"""Only the last bias is kept: those of earlier layers are lost.

fails: compose
says: pass through later weights
"""


# %% compose
def collapse(weights, biases):
    W, b = weights[0], biases[0]
    for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
        W, b = W @ next_W, next_b
    return W, b


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, np.outer(phi, theta1)
