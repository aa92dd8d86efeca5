"""Rows are sorted by length and put back with the same permutation instead of its inverse, right for two rows, wrong for lengths such as 2, 3, 1.

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
    order = np.argsort(-lengths, kind="stable")
    X, L, h, c = X[order], lengths[order], h0[order].astype(float), c0[order].astype(float)
    B, T, _ = X.shape
    H = np.zeros((B, T, h.shape[1]))
    for t in range(T):
        n = int((L > t).sum())
        if n == 0:
            break
        h[:n], c[:n] = lstm_step(X[:n, t], h[:n], c[:n], W, b)
        H[:n, t] = h[:n]
    return H[order], h[order], c[order]
