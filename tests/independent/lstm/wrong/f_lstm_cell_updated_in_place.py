"""lstm_step edits the cell state c of its caller in place.

task: lstm
"""

# %% lstm
def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    n = len(bias_ih) // 4
    order = np.r_[n : 2 * n, 0:n, 2 * n : 4 * n]
    W = np.concatenate([weight_hh, weight_ih], axis=1)
    return W[order], (bias_ih + bias_hh)[order]


def lstm_step(x, h, c, W, b):
    d_h = h.shape[1]
    a = h @ W[:, :d_h].T + x @ W[:, d_h:].T + b
    c *= sigmoid(a[:, :d_h])
    c += sigmoid(a[:, d_h : 2 * d_h]) * np.tanh(a[:, 2 * d_h : 3 * d_h])
    return sigmoid(a[:, 3 * d_h :]) * np.tanh(c), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    B, T, _ = X.shape
    h, c = h0, c0
    H = np.zeros((B, T, h0.shape[1]))
    for t in range(T):
        running = (t < lengths)[:, None]
        new_h, new_c = lstm_step(X[:, t], h, c.copy(), W, b)
        h, c = np.where(running, new_h, h), np.where(running, new_c, c)
        H[:, t] = np.where(running, h, 0)
    return H, h, c
