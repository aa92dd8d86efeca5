"""Writes into buffers kept between calls: the gradients returned by one call change when the function is called again for another batch of the same sizes.

task: two-layer
"""

# %% two-layer
_buffers = {}


def _buffer(name, shape):
    return _buffers.setdefault((name, shape), np.empty(shape))


def two_layer_backward(X, Y, W1, b1, W2, b2):
    H = logistic(X @ W1 + b1)
    delta = (H @ W2 + b2 - Y) / len(X)
    S = delta @ W2.T * H * (1 - H)
    return {
        "W1": np.matmul(X.T, S, out=_buffer("W1", W1.shape)),
        "b1": np.sum(S, axis=0, out=_buffer("b1", b1.shape)),
        "W2": np.matmul(H.T, delta, out=_buffer("W2", W2.shape)),
        "b2": np.sum(delta, axis=0, out=_buffer("b2", b2.shape)),
    }
