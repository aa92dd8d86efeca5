"""The gates use e^z / (1 + e^z), nan for a pre-activation above 710 (a gate that is wide open).

task: lstm
"""

# %% lstm
def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    n = len(bias_ih) // 4
    order = np.r_[n : 2 * n, 0:n, 2 * n : 4 * n]
    W = np.concatenate([weight_hh, weight_ih], axis=1)
    return W[order], (bias_ih + bias_hh)[order]


def lstm_step(x, h, c, W, b):
    gate = lambda z: np.exp(z) / (1 + np.exp(z))
    f, i, g, o = np.split(np.concatenate([h, x], axis=1) @ W.T + b, 4, axis=1)
    c_new = gate(f) * c + gate(i) * np.tanh(g)
    h_new = gate(o) * np.tanh(c_new)
    return h_new, c_new


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
