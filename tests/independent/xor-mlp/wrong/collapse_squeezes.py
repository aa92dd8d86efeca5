"""a single output makes a vector of W

task: compose
"""

# %% compose
def collapse(weights, biases):
    W, b = np.linalg.multi_dot([*weights, np.eye(weights[-1].shape[1])]), biases[0]
    for M, c in zip(weights[1:], biases[1:]):
        b = b @ M + c
    return np.squeeze(W), np.array(b)


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, phi[:, None] * theta1[None, :]
