"""gru_step_as_in_torch blends in the array h of its caller and returns that very array.

task: gru
"""

# %% gru
def gru_step(x, h, W, b):
    n = h.shape[1]
    a = np.concatenate([h, x], axis=1) @ W[: 2 * n].T + b[: 2 * n]
    z, r = sigmoid(a[:, :n]), sigmoid(a[:, n:])
    new = np.tanh(np.concatenate([r * h, x], axis=1) @ W[2 * n :].T + b[2 * n :])
    return (1 - z) * h + z * new


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    a = x @ weight_ih.T + bias_ih
    u = h @ weight_hh.T + bias_hh
    d = h.shape[1]
    r = sigmoid(a[:, :d] + u[:, :d])
    z = sigmoid(a[:, d : 2 * d] + u[:, d : 2 * d])
    n = np.tanh(a[:, 2 * d :] + r * u[:, 2 * d :])
    h -= n
    h *= z
    h += n
    return h
