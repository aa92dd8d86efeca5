"""a silent input leaves the state as it is

task: gru
"""

# %% gru
def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    gi, gh = np.split(x @ weight_ih.T + bias_ih, 3, axis=1), np.split(h @ weight_hh.T + bias_hh, 3, axis=1)
    r, z = sigmoid(gi[0] + gh[0]), sigmoid(gi[1] + gh[1])
    n = np.tanh(gi[2] + r * gh[2])
    out = (1 - z) * n + z * h
    return np.where(np.any(x != 0, axis=1, keepdims=True), out, h)


def gru_step(x, h, W, b):
    d_h = h.shape[1]
    z, r = np.split(
        sigmoid(np.concatenate([h, x], axis=1) @ W[: 2 * d_h].T + b[: 2 * d_h]), 2, axis=1
    )
    new = np.tanh(np.concatenate([r * h, x], axis=1) @ W[2 * d_h :].T + b[2 * d_h :])
    return (1 - z) * h + z * new
