"""The new offsets are added into theta0 itself, which the caller still holds.

task: compose
"""

# %% compose
def collapse(weights, biases):
    W, b = weights[0], biases[0]
    for V, c in zip(weights[1:], biases[1:]):
        W, b = W @ V, b @ V + c
    return W, b


def merge(phi0, phi, theta0, theta1):
    psi0 = theta0
    psi0 += phi0 * np.asarray(theta1)
    return psi0, np.asarray(phi)[:, None] * theta1
