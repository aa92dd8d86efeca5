"""Padding is removed by multiplying with 0, which leaves nan where huge finite padding (1e308, both signs of weights) overflows to inf - inf.

task: lstm
"""

# %% lstm
def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    n = len(bias_ih) // 4
    order = np.r_[n : 2 * n, 0:n, 2 * n : 4 * n]
    W = np.concatenate([weight_hh, weight_ih], axis=1)
    return W[order], (bias_ih + bias_hh)[order]


def lstm_step(x, h, c, W, b):
    z = np.concatenate([h, x], axis=1)
    a = (z[:, None, :] * W).sum(axis=2) + b
    f, i, g, o = np.split(a, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    B, T, _ = X.shape
    h, c, H = h0, c0, []
    for t in range(T):
        m = (t < lengths)[:, None].astype(float)
        h_new, c_new = lstm_step(X[:, t], h, c, W, b)
        h = m * h_new + (1 - m) * h
        c = m * c_new + (1 - m) * c
        H.append(m * h)
    return np.stack(H, axis=1), h, c
