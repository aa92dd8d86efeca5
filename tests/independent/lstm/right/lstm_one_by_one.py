"""each sequence for itself, gates by a loop over the units

task: lstm
"""

# %% lstm
def lstm_step(x, h, c, W, b):
    n = h.shape[1]
    out_h, out_c = np.empty(h.shape), np.empty(h.shape)
    for row in range(len(h)):
        v = np.append(h[row], x[row])
        for k in range(n):
            f, i, g, o = (W[k + j * n] @ v + b[k + j * n] for j in range(4))
            out_c[row, k] = sigmoid(f) * c[row, k] + sigmoid(i) * np.tanh(g)
            out_h[row, k] = sigmoid(o) * np.tanh(out_c[row, k])
    return [out_h, out_c]


def lstm_sequence(X, lengths, h0, c0, W, b):
    H = np.zeros((*X.shape[:2], h0.shape[1]))
    h, c = np.array(h0), np.array(c0)
    for n, length in enumerate(lengths):
        for t in range(length):
            h[n : n + 1], c[n : n + 1] = lstm_step(X[n : n + 1, t], h[n : n + 1], c[n : n + 1], W, b)
            H[n, t] = h[n]
    return H, h, c


def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    W, b = np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
    i, f, g, o = np.split(np.arange(len(b)), 4)
    order = [*f, *i, *g, *o]
    return W[order], b[order]
