"""squared_error_delta uses exp(-a)/(1 + exp(-a))**2: fine at -200, nan at a = -1000 (inf/inf).

task: output-layers
"""

# %% output-layers
def squared_error_delta(a, y):
    e = np.exp(-a)
    return (1 / (1 + e) - y) * e / (1 + e) ** 2


def cross_entropy_delta(a, y):
    return logistic(a) - y


def softmax_jacobian(z):
    e = np.exp(z - np.max(z))
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


def softmax_cross_entropy(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-np.sum(Y * log_p) / len(Z)), (np.exp(log_p) - Y) / len(Z)
