"""gates are cut at 6

task: gru
"""

# %% gru
def gru_step(x, h, W, b):
    n = h.shape[1]
    a = np.clip(np.hstack([h, x]) @ W[: 2 * n].T + b[: 2 * n], -6, 6)
    z, r = 1 / (1 + np.exp(-a[:, :n])), 1 / (1 + np.exp(-a[:, n:]))
    new = np.tanh(np.hstack([r * h, x]) @ W[2 * n :].T + b[2 * n :])
    return (1 - z) * h + z * new


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    from_x = np.split(x @ weight_ih.T + bias_ih, 3, axis=1)
    from_h = np.split(h @ weight_hh.T + bias_hh, 3, axis=1)
    r, z = sigmoid(from_x[0] + from_h[0]), sigmoid(from_x[1] + from_h[1])
    new = np.tanh(from_x[2] + r * from_h[2])
    return (1 - z) * new + z * h
