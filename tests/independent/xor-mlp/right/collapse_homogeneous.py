"""one matrix with a row for the bias

task: compose
"""

# %% compose
def collapse(weights, biases):
    whole = None
    for W, b in zip(weights, biases):
        corner = np.zeros((len(W) + 1, 1))
        corner[-1] = 1
        layer = np.hstack([np.vstack([W, b]), corner])
        whole = layer if whole is None else whole @ layer
    return whole[:-1, :-1], whole[-1, :-1]


def merge(phi0, phi, theta0, theta1):
    W, b = collapse([np.reshape(phi, (-1, 1)), np.reshape(theta1, (1, -1))], [np.array([phi0]), np.asarray(theta0)])
    return b, W
