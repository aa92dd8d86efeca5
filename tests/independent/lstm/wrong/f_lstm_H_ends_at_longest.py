"""H has max(lengths) steps instead of T, as torch's pad_packed_sequence gives it without total_length: wrong when no sequence fills T.

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
    return sigmoid(o) * np.tanh(c), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    h, c, states = h0, c0, []
    for t in range(int(np.max(lengths))):
        alive = (lengths > t)[:, None]
        new_h, new_c = lstm_step(X[:, t], h, c, W, b)
        h, c = np.where(alive, new_h, h), np.where(alive, new_c, c)
        states.append(np.where(alive, new_h, 0.0))
    return np.stack(states, axis=1), h, c
