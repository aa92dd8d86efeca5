"""sequences are sorted by length and put back by the same order, not its inverse

task: lstm
"""

# %% lstm
def lstm_sequence(X, lengths, h0, c0, W, b):
    order = np.argsort(-np.asarray(lengths), kind="stable")
    X, lengths, h, c = X[order], lengths[order], h0[order].copy(), c0[order].copy()
    H = np.zeros((X.shape[0], X.shape[1], h.shape[1]))
    for t in range(X.shape[1]):
        n = int((lengths > t).sum())
        if n == 0:
            break
        h[:n], c[:n] = lstm_step(X[:n, t], h[:n], c[:n], W, b)
        H[:n, t] = h[:n]
    return H[order], h[order], c[order]


def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    W, b = np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
    i, f, g, o = np.split(np.arange(len(b)), 4)
    order = [*f, *i, *g, *o]
    return W[order], b[order]


def lstm_step(x, h, c, W, b):
    f, i, g, o = np.split(np.concatenate([h, x], axis=1) @ W.T + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
