"""a single class loses its axes

task: output-layers
"""

# %% output-layers
def softmax_jacobian(z):
    p = np.exp(z - z.max())
    p = np.squeeze(p / p.sum())
    return np.diag(p) - np.outer(p, p) if p.ndim else p - p * p


def squared_error_delta(a, y):
    f = logistic(a)
    return (f - y) * f * (1 - f)


def cross_entropy_delta(a, y):
    return logistic(a) - y


def softmax_cross_entropy(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(Y * log_p) / len(Z), (np.exp(log_p) - Y) / len(Z)
