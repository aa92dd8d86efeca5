"""rnn_sequence stops computing when the state no longer moves, and misses an input after a silence (X zero for a while, h0 zero, then a click).

task: rnn
"""

# %% rnn
def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def rnn_sequence(X, h0, W, b):
    B, T, _ = X.shape
    H = np.empty((B, T, h0.shape[1]))
    h = h0
    for t in range(T):
        new = rnn_step(X[:, t], h, W, b)
        H[:, t] = new
        if np.allclose(new, h, rtol=1e-10, atol=1e-12):
            # Nothing changes any more.
            H[:, t:] = new[:, None]
            break
        h = new
    return H


def split_matrix(W):
    d_h = W.shape[0]
    return W[:, :d_h], W[:, d_h:]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
