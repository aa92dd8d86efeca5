"""rnn_sequence hands out one and the same buffer for equal shapes, so a second call overwrites the result of the first.

task: rnn
"""

# %% rnn
_buffers = {}


def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def rnn_sequence(X, h0, W, b):
    B, T, _ = X.shape
    shape = (B, T, h0.shape[1])
    H = _buffers.setdefault(shape, np.empty(shape))
    h = h0
    for t in range(T):
        h = rnn_step(X[:, t], h, W, b)
        H[:, t] = h
    return H


def split_matrix(W):
    d_h = W.shape[0]
    return W[:, :d_h], W[:, d_h:]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
