"""the result is only as long as the longest sequence

task: lstm
"""

# %% lstm
def lstm_sequence(X, lengths, h0, c0, W, b):
    states, h, c = [], h0, c0
    for t in range(int(max(lengths))):
        on = (t < lengths)[:, None]
        nh, nc = lstm_step(X[:, t], h, c, W, b)
        h, c = np.where(on, nh, h), np.where(on, nc, c)
        states.append(nh * on)
    return np.stack(states, axis=1), h, c


def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    W, b = np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
    i, f, g, o = np.split(np.arange(len(b)), 4)
    order = [*f, *i, *g, *o]
    return W[order], b[order]


def lstm_step(x, h, c, W, b):
    f, i, g, o = np.split(np.concatenate([h, x], axis=1) @ W.T + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
