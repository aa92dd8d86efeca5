"""tanh is written as (e^2a - 1)/(e^2a + 1), which is nan instead of 1 for a pre-activation of 400 (W = 100, x = 4).

task: rnn
"""

# %% rnn
def rnn_step(x, h, W, b):
    W_hh, W_xh = split_matrix(W)
    e = np.exp(2 * (h @ W_hh.T + x @ W_xh.T + b))
    return (e - 1) / (e + 1)


def rnn_sequence(X, h0, W, b):
    h, states = h0, []
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, W, b)
        states.append(h)
    return np.stack(states, axis=1)


def split_matrix(W):
    d_h = W.shape[0]
    return W[:, :d_h], W[:, d_h:]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
