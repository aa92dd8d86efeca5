"""a start of zeros means to go on where the last batch ended

task: rnn
"""

# %% rnn
_last = {}


def rnn_sequence(X, h0, W, b):
    if not np.any(h0) and h0.shape in _last:
        h0 = _last[h0.shape]
    states, h = [], h0
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, W, b)
        states.append(h)
    _last[h0.shape] = h
    return np.stack(states, axis=1)


def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def split_matrix(W):
    return W[:, : len(W)], W[:, len(W) :]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
