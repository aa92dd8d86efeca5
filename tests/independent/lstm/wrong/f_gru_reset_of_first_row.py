"""The reset gate of the first sequence is used for the whole batch, right for B = 1.

task: gru
"""

# %% gru
def gru_step(x, h, W, b):
    n = h.shape[1]
    gates = sigmoid(np.concatenate([h, x], axis=1) @ W[: 2 * n].T + b[: 2 * n])
    z, (r, *_) = gates[:, :n], gates[:, n:]
    candidate = np.tanh(np.concatenate([r * h, x], axis=1) @ W[2 * n :].T + b[2 * n :])
    return (1 - z) * h + z * candidate


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    i_r, i_z, i_n = np.split(x @ weight_ih.T + bias_ih, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ weight_hh.T + bias_hh, 3, axis=1)
    r, z = sigmoid(i_r + h_r), sigmoid(i_z + h_z)
    n = np.tanh(i_n + r * h_n)
    return (1 - z) * n + z * h
