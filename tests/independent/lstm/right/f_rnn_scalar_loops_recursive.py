"""Unusual: math.tanh on single numbers, and recursion over halves of the sequence; nested lists become arrays at the end.

task: rnn
"""

# %% rnn
import math


def rnn_step(x, h, W, b):
    def unit(row, i):
        total = b[i]
        for j, value in enumerate([*h[row], *x[row]]):
            total += W[i][j] * value
        return math.tanh(total)

    return np.array([[unit(row, i) for i in range(len(b))] for row in range(len(x))])


def rnn_sequence(X, h0, W, b):
    T = X.shape[1]
    if T == 1:
        return rnn_step(X[:, 0], h0, W, b)[:, np.newaxis]
    early = rnn_sequence(X[:, : T // 2], h0, W, b)
    return np.concatenate([early, rnn_sequence(X[:, T // 2 :], early[:, -1], W, b)], axis=1)


def split_matrix(W):
    d_h = W.shape[0]
    return W[:, :d_h], W[:, d_h:]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
