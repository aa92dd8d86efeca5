"""sequences of equal length are taken to have no padding

task: lstm
"""

# %% lstm
def lstm_sequence(X, lengths, h0, c0, W, b):
    lengths = np.asarray(lengths)
    padded = lengths.min() < lengths.max()
    states, h, c = [], h0, c0
    for t in range(X.shape[1]):
        new_h, new_c = lstm_step(X[:, t], h, c, W, b)
        if not padded:
            h, c = new_h, new_c
            states.append(h)
            continue
        on = (t < lengths)[:, None]
        h, c = np.where(on, new_h, h), np.where(on, new_c, c)
        states.append(np.where(on, new_h, 0))
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
