"""The class is read off with argmax, which soft targets do not survive.

fails: output-layers
says: for soft targets
"""


# %% output-layers
def squared_error_delta(a, y):
    f = logistic(a)
    return (f - y) * f * (1 - f)


def cross_entropy_delta(a, y):
    return logistic(a) - y


def softmax_jacobian(z):
    p = np.exp(z - np.max(z))
    p = p / p.sum()
    return np.diag(p) - np.outer(p, p)


def softmax_cross_entropy(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows, labels = np.arange(len(Z)), Y.argmax(axis=1)
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return -log_p[rows, labels].mean(), gradient / len(Z)
