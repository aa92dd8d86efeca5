"""padding is multiplied away, step by step

task: lstm
"""

# %% lstm
def lstm_sequence(X, lengths, h0, c0, W, b):
    states, h, c = [], h0, c0
    with np.errstate(all="ignore"):
        for t in range(X.shape[1]):
            m = (t < lengths)[:, None].astype(float)
            new_h, new_c = lstm_step(X[:, t], h, c, W, b)
            h, c = m * new_h + (1 - m) * h, m * new_c + (1 - m) * c
            states.append(m * new_h)
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
