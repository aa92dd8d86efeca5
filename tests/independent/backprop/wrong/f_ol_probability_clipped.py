"""cross_entropy_delta clips sigma(a) to [1e-6, 1 - 1e-6], so a confident right sample (a = 50, y = 1) gets -1e-6 instead of -2e-22.

task: output-layers
"""

# %% output-layers
def squared_error_delta(a, y):
    f = logistic(a)
    return (f - y) * f * (1 - f)


def cross_entropy_delta(a, y):
    f = np.clip(logistic(a), 1e-6, 1 - 1e-6)
    return (-y / f + (1 - y) / (1 - f)) * f * (1 - f)


def softmax_jacobian(z):
    e = np.exp(z - np.max(z))
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


def softmax_cross_entropy(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-np.sum(Y * log_p) / len(Z)), (np.exp(log_p) - Y) / len(Z)
