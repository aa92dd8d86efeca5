"""where the second axis is as long as the batch, the input is taken for time first

task: rnn
"""

# %% rnn
def rnn_sequence(X, h0, W, b):
    if X.shape[1] == h0.shape[0]:
        X = np.swapaxes(X, 0, 1)
    H = np.zeros((X.shape[0], X.shape[1], h0.shape[1]))
    h = h0
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, W, b)
        H[:, t] = h
    return H


def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def split_matrix(W):
    return W[:, : len(W)], W[:, len(W) :]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
