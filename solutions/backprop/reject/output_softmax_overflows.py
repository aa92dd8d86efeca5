"""Softmax and its logarithm are computed as they stand in the formula.

fails: output-layers
says: Logits up to ±1000
says: NaN
tells: Large logits give nan: the largest logit is to be subtracted before exp.
"""


# %% output-layers
def squared_error_delta(a, y):
    f = logistic(a)
    return (f - y) * f * (1 - f)


def cross_entropy_delta(a, y):
    return logistic(a) - y


def softmax_jacobian(z):
    p = np.exp(z)
    p = p / p.sum()
    return np.diag(p) - np.outer(p, p)


def softmax_cross_entropy(Z, Y):
    log_p = np.log(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True))
    return -np.sum(Y * log_p) / len(Z), (np.exp(log_p) - Y) / len(Z)
