"""The gradients are written into arrays that live between calls: a second call of the same sizes overwrites the result of the first.

task: train
"""

# %% gradients
_buffers = {}


def gradients(X, y, params, activation):
    D, H = params["W1"].shape
    out = _buffers.setdefault((D, H), {"W1": np.empty((D, H)), "b1": np.empty(H), "W2": np.empty(H)})
    hidden = activate(X @ params["W1"] + params["b1"], activation)
    z = hidden @ params["W2"] + params["b2"]
    delta = (logistic(z) - y) / len(y)
    slope = 1 - hidden**2 if activation == "tanh" else hidden > 0
    back = delta[:, None] * params["W2"] * slope
    np.matmul(X.T, back, out=out["W1"])
    np.sum(back, axis=0, out=out["b1"])
    np.matmul(hidden.T, delta, out=out["W2"])
    return np.mean(np.logaddexp(0, z) - y * z), {**out, "b2": delta.sum()}
