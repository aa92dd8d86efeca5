"""The states are stacked with time first: H is (T, B, d_h) instead of (B, T, d_h).

fails: rnn
says: time before the batch
"""


# %% rnn
def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def rnn_sequence(X, h0, W, b):
    states, h = [], h0
    for t in range(X.shape[1]):  # public
        h = rnn_step(X[:, t], h, W, b)
        states.append(h)  # public
    return np.stack(states, axis=0)


def split_matrix(W):
    return W[:, : len(W)], W[:, len(W) :]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
