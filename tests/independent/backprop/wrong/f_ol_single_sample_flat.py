"""For a batch of one sample (N = 1) the gradient of softmax_cross_entropy comes back as (K,) instead of (1, K).

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
    def one_sample(z, t):
        z = z - z.max()
        log_p = z - np.log(np.exp(z).sum())
        return -(t * log_p).sum(), np.exp(log_p) - t

    if len(Z) == 1:
        loss, gradient = one_sample(Z[0], Y[0])
        return float(loss), gradient
    losses, rows = zip(*(one_sample(z, t) for z, t in zip(Z, Y, strict=True)), strict=True)
    return float(np.mean(losses)), np.stack(rows) / len(Z)
