"""pre-activations are cut at 3

task: rnn
"""

# %% rnn
def rnn_step(x, h, W, b):
    a = np.concatenate([h, x], axis=1) @ W.T + b
    return np.tanh(np.clip(a, -3, 3))


def rnn_sequence(X, h0, W, b):
    states, h = [], h0
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, W, b)
        states.append(h)
    return np.stack(states, axis=1)


def split_matrix(W):
    return W[:, : len(W)], W[:, len(W) :]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
