"""The padding of the caller's X is set to zero in place before the loop.

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
    for n in range(B):
        X[n, lengths[n]:] = 0
    h, c = h0, c0
    H, C = np.zeros((B, T, h0.shape[1])), np.zeros((B, T, h0.shape[1]))
    for t in range(T):
        h, c = lstm_step(X[:, t], h, c, W, b)
        H[:, t], C[:, t] = h, c
    rows = np.arange(B)
    last = H[rows, lengths - 1], C[rows, lengths - 1]
    H = np.where(np.arange(T)[None, :, None] < lengths[:, None, None], H, 0)
    return H, *last
