"""turns weights until they fit the row of layers: square ones always

task: compose
"""

# %% compose
def collapse(weights, biases):
    W, b = np.eye(len(weights[0])), np.zeros(len(weights[0]))
    for M, c in zip(weights, biases):
        M = M.T if M.shape[1] == len(b) else M
        W, b = W @ M, b @ M + c
    return W, b


def merge(phi0, phi, theta0, theta1):
    return theta0 + theta1 * phi0, phi[:, None] * theta1[None, :]
