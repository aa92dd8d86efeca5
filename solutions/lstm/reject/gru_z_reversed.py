"""z is reversed in the notes' cell: near 1 it takes the new state.

fails: gru
says: z is reversed
"""


# %% gru
def gru_step(x, h, W, b):
    d_h = h.shape[1]
    z, r = np.split(
        sigmoid(np.concatenate([h, x], axis=1) @ W[: 2 * d_h].T + b[: 2 * d_h]), 2, axis=1
    )
    new = np.tanh(np.concatenate([r * h, x], axis=1) @ W[2 * d_h :].T + b[2 * d_h :])
    return z * h + (1 - z) * new


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    from_x = np.split(x @ weight_ih.T + bias_ih, 3, axis=1)
    from_h = np.split(h @ weight_hh.T + bias_hh, 3, axis=1)
    r, z = sigmoid(from_x[0] + from_h[0]), sigmoid(from_x[1] + from_h[1])
    new = np.tanh(from_x[2] + r * from_h[2])
    return (1 - z) * new + z * h
