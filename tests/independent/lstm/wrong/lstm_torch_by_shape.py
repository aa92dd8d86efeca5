"""matrices of torch are told apart by their width

task: lstm
"""

# %% lstm
def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    n = len(bias_ih) // 4
    order = np.r_[n : 2 * n, 0:n, 2 * n : 4 * n]
    parts = sorted([weight_ih, weight_hh], key=lambda M: M.shape[1] != n)
    return np.concatenate(parts, axis=1)[order], (bias_ih + bias_hh)[order]


def lstm_step(x, h, c, W, b):
    f, i, g, o = np.split(np.concatenate([h, x], axis=1) @ W.T + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    states, h, c = [], h0, c0
    for t in range(X.shape[1]):
        running = (t < lengths)[:, None]
        new_h, new_c = lstm_step(X[:, t], h, c, W, b)
        h, c = np.where(running, new_h, h), np.where(running, new_c, c)
        states.append(np.where(running, new_h, 0.0))
    return np.stack(states, axis=1), h, c
