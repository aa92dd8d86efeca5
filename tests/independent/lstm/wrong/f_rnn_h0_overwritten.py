"""rnn_sequence uses the array h0 as its running state, so h0 of the caller holds the last state afterwards.

task: rnn
"""

# %% rnn
def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def rnn_sequence(X, h0, W, b):
    h = h0
    H = np.empty((X.shape[0], X.shape[1], h.shape[1]))
    for t in range(X.shape[1]):
        h[...] = rnn_step(X[:, t], h, W, b)
        H[:, t] = h
    return H


def split_matrix(W):
    d_h = W.shape[0]
    return W[:, :d_h], W[:, d_h:]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
