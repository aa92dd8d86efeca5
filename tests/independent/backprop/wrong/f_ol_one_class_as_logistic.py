"""For K = 1 softmax_jacobian returns the logistic slope: the softmax of one logit is the constant 1, its Jacobian is [[0]].

task: output-layers
"""

# %% output-layers
def squared_error_delta(a, y):
    f = logistic(a)
    return (f - y) * f * (1 - f)


def cross_entropy_delta(a, y):
    return logistic(a) - y


def softmax_jacobian(z):
    if len(z) == 1:
        s = logistic(z)
        return (s * (1 - s)).reshape(1, 1)
    e = np.exp(z - np.max(z))
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


def softmax_cross_entropy(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-np.sum(Y * log_p) / len(Z)), (np.exp(log_p) - Y) / len(Z)
