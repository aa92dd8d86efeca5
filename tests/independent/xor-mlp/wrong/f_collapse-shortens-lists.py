"""It merges the first two layers in the caller's lists until one is left: the lists are shorter afterwards (and still do the same).

task: compose
"""

# %% compose
def collapse(weights, biases):
    while len(weights) > 1:
        biases[:2] = [biases[0] @ weights[1] + biases[1]]
        weights[:2] = [weights[0] @ weights[1]]
    return weights[0], biases[0]


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, np.outer(phi, theta1)
