"""Psi is turned where D = E

task: compose
"""

# %% compose
def collapse(weights, biases):
    W, b = np.array(weights[0]), np.array(biases[0])
    for M, c in zip(weights[1:], biases[1:]):
        W, b = W @ M, b @ M + c
    return W, b


def merge(phi0, phi, theta0, theta1):
    Psi = np.outer(theta1, phi)
    if Psi.shape != (len(phi), len(theta0)):
        Psi = Psi.T
    return theta0 + theta1 * phi0, Psi
