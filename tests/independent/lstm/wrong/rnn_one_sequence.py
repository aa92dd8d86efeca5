"""a batch of one loses its axis

task: rnn
"""

# %% rnn
def rnn_sequence(X, h0, W, b):
    states, h = [], h0
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, W, b)
        states.append(h.squeeze())
    return np.stack(states, axis=-2) if len(X) == 1 else np.stack(states, axis=1)


def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def split_matrix(W):
    return W[:, : len(W)], W[:, len(W) :]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
