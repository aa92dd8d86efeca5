"""For T = 1 rnn_sequence returns the state itself, shape (B, d_h) and not (B, 1, d_h).

task: rnn
"""

# %% rnn
def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def rnn_sequence(X, h0, W, b):
    T = X.shape[1]
    h = rnn_step(X[:, 0], h0, W, b)
    if T == 1:
        return h
    states = [h]
    for t in range(1, T):
        states.append(rnn_step(X[:, t], states[-1], W, b))
    return np.stack(states, axis=1)


def split_matrix(W):
    d_h = W.shape[0]
    return W[:, :d_h], W[:, d_h:]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
