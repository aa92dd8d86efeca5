"""with d_x = d_h the candidate takes the wrong half of its matrix

task: gru
"""

# %% gru
def gru_step(x, h, W, b):
    n = h.shape[1]
    z = sigmoid(np.hstack([h, x]) @ W[:n].T + b[:n])
    r = sigmoid(np.hstack([h, x]) @ W[n : 2 * n].T + b[n : 2 * n])
    halves = np.split(W[2 * n :], [W.shape[1] - n if W.shape[1] != 2 * n else n], axis=1)
    Wh, Wx = W[2 * n :, :n], W[2 * n :, n:]
    if W.shape[1] == 2 * n:
        Wx, Wh = halves
    new = np.tanh((r * h) @ Wh.T + x @ Wx.T + b[2 * n :])
    return (1 - z) * h + z * new


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    from_x = np.split(x @ weight_ih.T + bias_ih, 3, axis=1)
    from_h = np.split(h @ weight_hh.T + bias_hh, 3, axis=1)
    r, z = sigmoid(from_x[0] + from_h[0]), sigmoid(from_x[1] + from_h[1])
    new = np.tanh(from_x[2] + r * from_h[2])
    return (1 - z) * new + z * h
