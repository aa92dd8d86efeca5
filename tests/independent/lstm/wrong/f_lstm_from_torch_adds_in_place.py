"""lstm_from_torch adds bias_hh into the caller's bias_ih.

task: lstm
"""

# %% lstm
def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    b = bias_ih
    b += bias_hh
    i, f, g, o = np.split(np.hstack([weight_hh, weight_ih]), 4)
    b_i, b_f, b_g, b_o = np.split(b, 4)
    return np.vstack([f, i, g, o]), np.concatenate([b_f, b_i, b_g, b_o])


def lstm_step(x, h, c, W, b):
    f, i, g, o = np.split(np.concatenate([h, x], axis=1) @ W.T + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    B, T, _ = X.shape
    h, c = h0, c0
    H = np.zeros((B, T, h0.shape[1]))
    for t in range(T):
        running = (t < lengths)[:, None]
        new_h, new_c = lstm_step(X[:, t], h, c, W, b)
        h, c = np.where(running, new_h, h), np.where(running, new_c, c)
        H[:, t] = np.where(running, h, 0)
    return H, h, c
