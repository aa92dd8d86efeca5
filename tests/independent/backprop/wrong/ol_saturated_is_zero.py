"""beyond |a| = 30 there is no signal

task: output-layers
"""

# %% output-layers
def cross_entropy_delta(a, y):
    return np.where(np.abs(a) > 30, 0.0, logistic(a) - y)


def squared_error_delta(a, y):
    f = logistic(a)
    return (f - y) * f * (1 - f)


def softmax_jacobian(z):
    p = np.exp(z - np.max(z))
    p = p / p.sum()
    return np.diag(p) - np.outer(p, p)


def softmax_cross_entropy(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(Y * log_p) / len(Z), (np.exp(log_p) - Y) / len(Z)
