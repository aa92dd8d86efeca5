"""finds W and b from twenty random points by least squares

task: compose
"""

# %% compose
def collapse(weights, biases):
    X = np.random.default_rng(0).normal(size=(4, len(weights[0])))
    F = X
    for M, c in zip(weights, biases):
        F = F @ M + c
    found = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), F, rcond=None)[0]
    return found[:-1], found[-1]


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, phi[:, None] * theta1[None, :]
