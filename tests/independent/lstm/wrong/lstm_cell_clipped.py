"""the cell state is kept within 10

task: lstm
"""

# %% lstm
def lstm_step(x, h, c, W, b):
    f, i, g, o = np.split(np.concatenate([h, x], axis=1) @ W.T + b, 4, axis=1)
    c = np.clip(sigmoid(f) * c + sigmoid(i) * np.tanh(g), -10, 10)
    return sigmoid(o) * np.tanh(c), c


def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    W, b = np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
    i, f, g, o = np.split(np.arange(len(b)), 4)
    order = [*f, *i, *g, *o]
    return W[order], b[order]


def lstm_sequence(X, lengths, h0, c0, W, b):
    states, h, c = [], h0, c0
    for t in range(X.shape[1]):
        running = (t < lengths)[:, None]
        new_h, new_c = lstm_step(X[:, t], h, c, W, b)
        h, c = np.where(running, new_h, h), np.where(running, new_c, c)
        states.append(np.where(running, new_h, 0.0))
    return np.stack(states, axis=1), h, c
