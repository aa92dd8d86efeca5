"""softmax_jacobian subtracts the logit of largest |z|, overflowing for z = [-1000, 500]: nan.

task: output-layers
"""

# %% output-layers
def squared_error_delta(a, y):
    f = logistic(a)
    return (f - y) * f * (1 - f)


def cross_entropy_delta(a, y):
    return logistic(a) - y


def softmax_jacobian(z):
    largest = z[np.argmax(np.abs(z))]
    e = np.exp(z - largest)
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


def softmax_cross_entropy(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-np.sum(Y * log_p) / len(Z)), (np.exp(log_p) - Y) / len(Z)
