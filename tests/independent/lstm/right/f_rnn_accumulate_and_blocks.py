"""Unusual: itertools.accumulate over the steps, two products instead of a concatenation, hsplit and block.

task: rnn
"""

# %% rnn
from itertools import accumulate


def rnn_step(x, h, W, b):
    W_hh, W_xh = split_matrix(W)
    return np.tanh(np.einsum("ij,nj->ni", W_hh, h) + np.einsum("ij,nj->ni", W_xh, x) + b[None, :])


def rnn_sequence(X, h0, W, b):
    steps = accumulate(np.moveaxis(X, 1, 0), lambda h, x: rnn_step(x, h, W, b), initial=h0)
    next(steps)
    return np.stack(list(steps)).swapaxes(0, 1)


def split_matrix(W):
    return tuple(np.hsplit(W, [len(W)]))


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.block([[weight_hh, weight_ih]]), np.sum([bias_ih, bias_hh], axis=0)
