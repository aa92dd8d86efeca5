"""H is a workspace kept between calls and never cleared: a call with shorter lengths finds the states of the last call behind its ends.

task: lstm
"""

# %% lstm
_space = {}


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
    key = B, T, h0.shape[1]
    if key not in _space:
        _space[key] = np.zeros(key)
    H = _space[key]
    h, c = h0.copy(), c0.copy()
    for t in range(T):
        rows = np.flatnonzero(lengths > t)
        h[rows], c[rows] = lstm_step(X[rows, t], h[rows], c[rows], W, b)
        H[rows, t] = h[rows]
    return H.copy(), h, c
