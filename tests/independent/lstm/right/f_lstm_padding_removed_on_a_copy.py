"""Unusual: zeroes the padding on a copy, runs all T steps, and picks the last states by take_along_axis from all of them.

task: lstm
"""

# %% lstm
def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    n = len(bias_ih) // 4
    order = np.r_[n : 2 * n, 0:n, 2 * n : 4 * n]
    W = np.concatenate([weight_hh, weight_ih], axis=1)
    return W[order], (bias_ih + bias_hh)[order]


def lstm_step(x, h, c, W, b):
    f, i, g, o = np.split(np.concatenate([h, x], axis=1) @ W.T + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    B, T, _ = X.shape
    inside = np.arange(T) < np.asarray(lengths)[:, None]
    X = np.where(inside[..., None], X, 0.0)
    states = [(h0, c0)]
    for t in range(T):
        states.append(lstm_step(X[:, t], *states[-1], W, b))
    H, C = (np.stack(list(s), axis=1) for s in zip(*states[1:]))
    last = np.asarray(lengths).reshape(B, 1, 1) - 1
    h, c = (np.take_along_axis(S, last, axis=1)[:, 0] for S in (H, C))
    return H * inside[..., None], h, c
