"""Takes log(max(p, 1e-300)): the loss of one sample never exceeds 691, although the text says up to 2000 (z = [1000, -1000], y = [0, 1]).

task: output-layers
"""

# %% output-layers
def squared_error_delta(a, y):
    f = logistic(a)
    return (f - y) * f * (1 - f)


def cross_entropy_delta(a, y):
    return logistic(a) - y


def softmax_jacobian(z):
    e = np.exp(z - np.max(z))
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


def softmax_cross_entropy(Z, Y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    loss = -np.sum(Y * np.log(np.maximum(P, 1e-300))) / len(Z)
    return float(loss), (P - Y) / len(Z)
