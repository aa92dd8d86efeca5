"""the wider of torch's matrices is looked for by its shape; square ones are swapped

task: rnn
"""

# %% rnn
def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    first, second = weight_ih, weight_hh
    if weight_ih.shape[0] != weight_ih.shape[1]:
        first, second = weight_hh, weight_ih
    return np.hstack([first, second]), bias_ih + bias_hh


def rnn_step(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=1) @ W.T + b)


def rnn_sequence(X, h0, W, b):
    states, h = [], h0
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, W, b)
        states.append(h)
    return np.stack(states, axis=1)


def split_matrix(W):
    return W[:, : len(W)], W[:, len(W) :]
