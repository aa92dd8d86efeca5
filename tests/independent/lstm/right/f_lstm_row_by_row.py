"""Unusual: each sequence alone and only as long as it is, written into arrays of zeros; gates through tanh(z/2).

task: lstm
"""

# %% lstm
def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    def reorder(rows):
        blocks = np.reshape(rows, (4, -1, *rows.shape[1:]))
        return blocks[[1, 0, 2, 3]].reshape(rows.shape)

    return reorder(np.c_[weight_hh, weight_ih]), reorder(bias_hh) + reorder(bias_ih)


def lstm_step(x, h, c, W, b):
    n = h.shape[1]
    W_h, W_x = W[:, :n].reshape(4, n, n), W[:, n:].reshape(4, n, -1)
    a = np.einsum("gij,bj->gbi", W_h, h) + np.einsum("gij,bj->gbi", W_x, x) + b.reshape(4, 1, n)
    f, i, o = 0.5 * (1 + np.tanh(a[[0, 1, 3]] / 2))
    c_next = f * c + i * np.tanh(a[2])
    return o * np.tanh(c_next), c_next


def lstm_sequence(X, lengths, h0, c0, W, b):
    H = np.zeros(X.shape[:2] + h0.shape[1:])
    h_last, c_last = np.empty(h0.shape), np.empty(c0.shape)
    for n, length in enumerate(lengths):
        h, c = h0[n : n + 1], c0[n : n + 1]
        for t in range(length):
            h, c = lstm_step(X[n : n + 1, t], h, c, W, b)
            H[n, t] = h[0]
        h_last[n], c_last[n] = h[0], c[0]
    return H, h_last, c_last
