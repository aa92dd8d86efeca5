"""b is read off by sending the zero vector through all layers, W by sending the unit vectors through the weights alone; merge by loops over single entries.

task: compose
"""

# %% compose
def collapse(weights, biases):
    def run(H):
        for W, b in zip(weights, biases):
            H = H @ W + b
        return H

    inputs = weights[0].shape[0]
    b = run(np.zeros((1, inputs)))[0]
    # The difference would lose digits against a large b, so the matrix has its own run.
    W = np.eye(inputs)
    for part in weights:
        W = W @ part
    return W, b


def merge(phi0, phi, theta0, theta1):
    Psi = np.empty((len(phi), len(theta1)))
    for d, e in np.ndindex(Psi.shape):
        Psi[d, e] = phi[d] * theta1[e]
    return np.array([t0 + t1 * phi0 for t0, t1 in zip(theta0, theta1)]), Psi
