"""gru_step applies the reset gate after the matrix, as torch does; the same only if all units have the same r.

task: gru
"""

# %% gru
def gru_step(x, h, W, b):
    n = h.shape[1]
    W_h, W_x = W[:, :n], W[:, n:]
    z_h, r_h, c_h = np.split(h @ W_h.T, 3, axis=1)
    z_x, r_x, c_x = np.split(x @ W_x.T + b, 3, axis=1)
    z, r = sigmoid(z_h + z_x), sigmoid(r_h + r_x)
    candidate = np.tanh(c_x + r * c_h)
    return (1 - z) * h + z * candidate


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    i_r, i_z, i_n = np.split(x @ weight_ih.T + bias_ih, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ weight_hh.T + bias_hh, 3, axis=1)
    r, z = sigmoid(i_r + h_r), sigmoid(i_z + h_z)
    n = np.tanh(i_n + r * h_n)
    return (1 - z) * n + z * h
