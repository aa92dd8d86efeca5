"""Every bias is sent through the next layer only instead of all that follow: right for two layers, wrong from three on.

task: compose
"""

# %% compose
def collapse(weights, biases):
    W = weights[0]
    for other in weights[1:]:
        W = W @ other
    b = np.array(biases[-1])
    if len(weights) > 1:
        b = b + biases[-2] @ weights[-1]
    return W, b


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, np.outer(phi, theta1)
