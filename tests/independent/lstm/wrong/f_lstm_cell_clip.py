"""The cell state is clipped to [-10, 10], wrong for c0 = 20 and for cells that have counted up.

task: lstm
"""

# %% lstm
def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    n = len(bias_ih) // 4
    order = np.r_[n : 2 * n, 0:n, 2 * n : 4 * n]
    W = np.concatenate([weight_hh, weight_ih], axis=1)
    return W[order], (bias_ih + bias_hh)[order]


def lstm_step(x, h, c, W, b):
    f, i, g, o = np.split(np.concatenate([h, x], axis=1) @ W.T + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    c = np.clip(c, -10, 10)
    return sigmoid(o) * np.tanh(c), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    B, T, _ = X.shape
    h, c = h0, c0
    H = np.zeros((B, T, h0.shape[1]))
    for t in range(T):
        running = (t < lengths)[:, None]
        new_h, new_c = lstm_step(X[:, t], h, c, W, b)
        h, c = np.where(running, new_h, h), np.where(running, new_c, c)
        H[:, t] = np.where(running, h, 0)
    return H, h, c
