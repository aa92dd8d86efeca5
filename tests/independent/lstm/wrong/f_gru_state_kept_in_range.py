"""gru_step_as_in_torch clips the new state to [-1, 1], wrong for a given state beyond, such as h = 3 with z near 1.

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
    i_r, i_z, i_n = np.split(x @ weight_ih.T + bias_ih, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ weight_hh.T + bias_hh, 3, axis=1)
    r, z = sigmoid(i_r + h_r), sigmoid(i_z + h_z)
    n = np.tanh(i_n + r * h_n)
    return np.clip((1 - z) * n + z * h, -1, 1)  # a blend of values of tanh
